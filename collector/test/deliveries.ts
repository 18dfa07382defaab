import { afterEach, expect } from "vitest";
import { createLogger } from "../src/logger.ts";
import { createDeliveryLoop, type DeliveryLoopOptions } from "../src/webhooks/delivery-loop.ts";
import type { WebhookPolicy } from "../src/webhooks/endpoint-url.ts";
import { publishMessage } from "../src/webhooks/publish-message.ts";
import type { useTestDatabase } from "./database.ts";
import { APP_SECRET, openProject } from "./project.ts";
import { startReceiver, type TestReceiver } from "./receiver.ts";

export type TestProject = Awaited<ReturnType<typeof openProject>>;

/** Lets webhooks go to the loopback. */
export const OPEN_POLICY: WebhookPolicy = { isPrivateAllowed: true, allowedHosts: [] };
/** Where the fake clock starts, in milliseconds since the epoch. */
export const START = Date.parse("2026-11-01T00:00:00Z");

/** Receivers, endpoints and delivery loops of a test file; each test leaves nothing to deliver. */
export function useDeliveries(test: ReturnType<typeof useTestDatabase>) {
  const opened: (() => Promise<void>)[] = [];

  afterEach(async () => {
    for (const close of opened.splice(0)) await close();
    await test.database.sql`UPDATE webhook_endpoints SET status = 'disabled'`;
  });

  return {
    async receiver(...args: Parameters<typeof startReceiver>): Promise<TestReceiver> {
      const started = await startReceiver(...args);
      opened.push(() => started.close());
      return started;
    },

    /** A loop, on a clock that stands still unless `options` bring another. */
    openLoop(options: Partial<DeliveryLoopOptions> = {}) {
      const time = { now: START };
      const clock = () => time.now;
      const loop = createDeliveryLoop({
        database: test.database,
        clock,
        appSecret: APP_SECRET,
        logger: createLogger("silent"),
        ...OPEN_POLICY,
        ...options,
      });
      opened.push(() => loop.stop());
      return { time, clock, loop };
    },

    openProject: (clock: () => number, policy = OPEN_POLICY) =>
      openProject(test.database, clock, policy),

    async endpointFor(project: TestProject, url: string) {
      const { status, body } = await project.call("POST", "/v1/webhook-endpoints", { url });
      expect(status).toBe(201);
      return body as { id: string; secret: string };
    },

    publish: (projectId: string, at = START) =>
      publishMessage(test.database.sql, {
        projectId,
        type: "milestone.reached",
        accountId: "acme",
        sequence: null,
        data: { schemaVersion: 1, milestone: "first_report", note: "grüße 👋" },
        at: new Date(at).toISOString(),
      }),

    log: async (project: TestProject, id: string) =>
      (await project.call("GET", `/v1/webhook-endpoints/${id}/deliveries`)).body.data,
  };
}
