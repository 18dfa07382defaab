/** Reference: what one writes first. A drizzle `INSERT` of the request's events, answered after it. */

import { createServer } from "node:http";
import { fromCollector } from "./load-pg.mjs";

const { drizzle } = await fromCollector("drizzle-orm/postgres-js");
const { jsonb, pgTable, primaryKey, text, timestamp, uuid } =
  await fromCollector("drizzle-orm/pg-core");
const { default: postgres } = await fromCollector("postgres");
const { z } = await fromCollector("zod");

const events = pgTable(
  "naive_events",
  {
    projectId: uuid("project_id").notNull(),
    eventId: uuid("event_id").notNull(),
    type: text("type").notNull(),
    event: text("event").notNull(),
    accountId: text("account_id").notNull(),
    userId: text("user_id").notNull(),
    sessionId: text("session_id").notNull(),
    occurredAt: timestamp("occurred_at", { withTimezone: true }).notNull(),
    receivedAt: timestamp("received_at", { withTimezone: true }).notNull(),
    properties: jsonb("properties").notNull(),
    context: jsonb("context").notNull(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.eventId] })],
);
const message = z.object({
  type: z.string(),
  messageId: z.uuid(),
  timestamp: z.iso.datetime(),
  userId: z.string(),
  event: z.string(),
  properties: z.record(z.string(), z.unknown()),
  context: z.object({ groupId: z.string(), sessionId: z.string() }).loose(),
});
const batchSchema = z.object({ batch: z.array(message) });

const client = postgres(process.env.DATABASE_URL, { max: 10, onnotice: () => {} });
await client.unsafe(`CREATE TABLE IF NOT EXISTS naive_events (
  project_id uuid NOT NULL, event_id uuid NOT NULL, type text NOT NULL, event text NOT NULL,
  account_id text NOT NULL, user_id text NOT NULL, session_id text NOT NULL,
  occurred_at timestamptz NOT NULL, received_at timestamptz NOT NULL,
  properties jsonb NOT NULL, context jsonb NOT NULL, PRIMARY KEY (project_id, event_id))`);
const db = drizzle(client);
const PROJECT = "07070707-0707-0707-0707-070707070707";

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const { batch } = batchSchema.parse(JSON.parse(Buffer.concat(chunks).toString("utf8")));
  const rows = batch.map((one) => ({
    projectId: PROJECT,
    eventId: one.messageId,
    type: one.type,
    event: one.event,
    accountId: one.context.groupId,
    userId: one.userId,
    sessionId: one.context.sessionId,
    occurredAt: new Date(one.timestamp),
    receivedAt: new Date(),
    properties: one.properties,
    context: one.context,
  }));
  await db.insert(events).values(rows).onConflictDoNothing();
  const body = JSON.stringify({ success: true, accepted: rows.length });
  response.writeHead(200, { "content-type": "application/json", "content-length": body.length });
  response.end(body);
});
server.listen(0, "127.0.0.1", () => process.send({ port: server.address().port }));
process.on("message", () =>
  process.send({ cpu: process.cpuUsage(), rss: process.memoryUsage.rss() }),
);
