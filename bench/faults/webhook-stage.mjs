/** A project with webhook endpoints, receivers that misbehave, and loops with a clock of their own. */

import { createServer } from "node:http";
import { createLogger } from "../../collector/dist/logger.js";
import { createProject } from "../../collector/dist/projects/create-project.js";
import { createDeliveryLoop } from "../../collector/dist/webhooks/delivery-loop.js";
import { createEndpoint, rotateSecret } from "../../collector/dist/webhooks/endpoints.js";
import { publishMessage } from "../../collector/dist/webhooks/publish-message.js";

export const APP_SECRET = "a secret of at least thirty-two characters";
const OPEN = { isPrivateAllowed: true, allowedHosts: [] };

/** A receiver on the loopback that keeps what it gets; `answer` decides. */
export async function startReceiver(answer = (response) => response.writeHead(204).end()) {
  const received = [];
  const server = createServer((request, response) => {
    const chunks = [];
    request.on("error", () => {});
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      const one = { headers: request.headers, body: Buffer.concat(chunks).toString() };
      received.push({ ...one, at: Date.now() });
      answer(response, one);
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  return {
    port,
    url: `http://127.0.0.1:${port}/`,
    received,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

/** @param arena of an injection; `now` of the result is its clock, which stands still */
export async function openWebhooks(arena) {
  const database = arena.openDatabase();
  const time = { now: Date.now() };
  const clock = () => time.now;
  const { project } = await createProject(database.db, clock, { name: "Faults" });
  const projectId = project.id;
  const deps = { db: database.db, clock, appSecret: APP_SECRET, policy: OPEN };

  return {
    ...arena,
    database,
    projectId,
    time,
    async receiver(answer) {
      const receiver = await startReceiver(answer);
      arena.defer(() => receiver.close());
      return receiver;
    },
    endpoint: (url, more = {}) =>
      createEndpoint(deps, { projectId, url, description: "", types: [], ...more }),
    rotate: (id) => rotateSecret(deps, { projectId, id }),
    loop(options = {}) {
      const loop = createDeliveryLoop({
        database,
        clock,
        appSecret: APP_SECRET,
        logger: createLogger("silent"),
        ...OPEN,
        ...options,
      });
      arena.defer(() => loop.stop());
      return loop;
    },
    /** @returns the id of the message */
    publish: (at = time.now, sql = database.sql) =>
      publishMessage(sql, {
        projectId,
        type: "milestone.reached",
        accountId: "acme",
        sequence: null,
        data: { schemaVersion: 1, milestone: "first_report" },
        at: new Date(at).toISOString(),
      }),
    deliveries: (endpointId) => database.sql`
      SELECT status, failure_reason, next_attempt_at, attempt_count FROM webhook_deliveries
      WHERE endpoint_id = ${endpointId} ORDER BY created_at, id`,
    endpointState: async (id) =>
      (await database.sql`SELECT status FROM webhook_endpoints WHERE id = ${id}`)[0]?.status,
  };
}
