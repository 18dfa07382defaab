import { expect, it } from "vitest";
import { createTestCollector } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";
import { createIngestion } from "../ingest/create-ingestion.ts";
import { createLogger } from "../logger.ts";
import { findProject } from "../projects/find-project.ts";
import type { Project } from "../projects/queries.ts";
import { ensureDemoEndpoint } from "./ensure-endpoint.ts";
import { startDemo } from "./start-demo.ts";

const test = useTestDatabase();
const APP_SECRET = "a secret of at least thirty-two characters";

it("knows where its receiver is before anything is delivered again: where it was, nothing may be sent", async () => {
  const { database } = test;
  const { projectId, clock, call } = await createTestCollector(database);
  await ensureDemoEndpoint({ db: database.db, clock, appSecret: APP_SECRET }, projectId, {
    host: "127.0.0.1:4801",
    url: "http://127.0.0.1:4801/webhooks",
  });
  const project = (await findProject(database.sql, projectId)) as Project;
  const demo = await startDemo(
    {
      database,
      eventWriter: createIngestion(database.sql, clock),
      logger: createLogger("silent"),
      clock,
      publicUrl: "http://telltale.test",
      appSecret: APP_SECRET,
    },
    project,
  );
  try {
    const { data } = (await (await call("GET", "/v1/webhook-endpoints")).json()) as {
      data: { url: string }[];
    };
    expect(data.map(({ url }) => url)).toEqual([`http://${demo.receiverHost}/webhooks`]);
  } finally {
    await demo.stop();
  }
});
