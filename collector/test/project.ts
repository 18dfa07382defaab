import { createApp } from "../src/app.ts";
import type { Database } from "../src/db/client.ts";
import { createIngestion } from "../src/ingest/create-ingestion.ts";
import { createLogger } from "../src/logger.ts";
import { createProject } from "../src/projects/create-project.ts";
import { createKeyRing } from "../src/projects/key-ring.ts";
import type { WebhookPolicy } from "../src/webhooks/endpoint-url.ts";

export const APP_SECRET = "an application secret of more than 32 characters";

/** A project of its own with a way to call the API with its secret key. */
export async function openProject(
  database: Database,
  clock: () => number = Date.now,
  webhookPolicy?: WebhookPolicy,
) {
  const { project, secretKey, writeKey } = await createProject(database.db, clock, {
    name: "Test",
  });
  const app = createApp({
    database,
    keyRing: createKeyRing(database.db, clock),
    eventWriter: createIngestion(database.sql, clock),
    logger: createLogger("silent"),
    clock,
    publicUrl: "http://127.0.0.1:4700",
    appSecret: APP_SECRET,
    ...(webhookPolicy && { webhookPolicy }),
  });
  return {
    projectId: project.id,
    secretKey,
    writeKey,
    app,
    /** Calls the API as JSON. */
    async call(method: string, path: string, body?: unknown) {
      const response = await app.request(path, {
        method,
        headers: { authorization: `Bearer ${secretKey}`, "content-type": "application/json" },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, body: text === "" ? null : JSON.parse(text) };
    },
  };
}
