/**
 * Reference: the least that stores events durably. Hand checks, two batches in flight, one
 * `INSERT … SELECT unnest` with binary array parameters a batch, one primary key, no usage.
 */

import { createServer } from "node:http";
import { loadPg } from "./load-pg.mjs";

const pg = loadPg();
const PROJECT = Buffer.alloc(16, 7);
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 2 });
await pool.query(`CREATE TABLE IF NOT EXISTS bare_events (
  project_id uuid NOT NULL, event_id uuid NOT NULL, type text NOT NULL, event text NOT NULL,
  account_id text NOT NULL, user_id text NOT NULL, session_id text NOT NULL,
  occurred_at timestamptz NOT NULL, received_at timestamptz NOT NULL,
  properties jsonb NOT NULL, context jsonb NOT NULL, PRIMARY KEY (project_id, event_id))`);

const OID = { uuid: 2950, text: 25, timestamptz: 1184, jsonb: 3802 };
const EPOCH_2000_MS = 946_684_800_000;

function encode(oid, values, write) {
  const parts = [];
  const head = Buffer.alloc(20);
  head.writeInt32BE(1, 0);
  head.writeInt32BE(0, 4);
  head.writeInt32BE(oid, 8);
  head.writeInt32BE(values.length, 12);
  head.writeInt32BE(1, 16);
  parts.push(head);
  for (const value of values) {
    const bytes = write(value);
    const length = Buffer.allocUnsafe(4);
    length.writeInt32BE(bytes.length, 0);
    parts.push(length, bytes);
  }
  return Buffer.concat(parts);
}

/** One buffer for all texts of a column: no allocation a value. */
function encodeTexts(oid, values, prefix = 0) {
  let size = 20;
  for (const value of values) size += 4 + prefix + Buffer.byteLength(value);
  const out = Buffer.allocUnsafe(size);
  out.writeInt32BE(1, 0);
  out.writeInt32BE(0, 4);
  out.writeInt32BE(oid, 8);
  out.writeInt32BE(values.length, 12);
  out.writeInt32BE(1, 16);
  let at = 20;
  for (const value of values) {
    const start = at + 4;
    if (prefix) out[start] = 1;
    const written = out.write(value, start + prefix, "utf8") + prefix;
    out.writeInt32BE(written, at);
    at = start + written;
  }
  return out;
}

const toUuid = (id) => Buffer.from(id.replaceAll("-", ""), "hex");
const toTime = (ms) => {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeBigInt64BE(BigInt(ms - EPOCH_2000_MS) * 1_000n, 0);
  return bytes;
};

async function store(events) {
  await pool.query({
    name: "store",
    text: `INSERT INTO bare_events SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[],
      $5::text[], $6::text[], $7::text[], $8::timestamptz[], $9::timestamptz[], $10::jsonb[], $11::jsonb[])
      ON CONFLICT DO NOTHING`,
    values: [
      encode(OID.uuid, events, () => PROJECT),
      encode(OID.uuid, events, (one) => toUuid(one.messageId)),
      encodeTexts(
        OID.text,
        events.map((one) => one.type),
      ),
      encodeTexts(
        OID.text,
        events.map((one) => one.event),
      ),
      encodeTexts(
        OID.text,
        events.map((one) => one.context.groupId),
      ),
      encodeTexts(
        OID.text,
        events.map((one) => one.userId),
      ),
      encodeTexts(
        OID.text,
        events.map((one) => one.context.sessionId),
      ),
      encode(OID.timestamptz, events, (one) => toTime(Date.parse(one.timestamp))),
      encode(OID.timestamptz, events, () => toTime(Date.now())),
      encodeTexts(
        OID.jsonb,
        events.map((one) => JSON.stringify(one.properties)),
        1,
      ),
      encodeTexts(
        OID.jsonb,
        events.map((one) => JSON.stringify(one.context)),
        1,
      ),
    ],
  });
}

function answer(group, status) {
  for (const one of group) one.done(status);
}

let queue = [];
let busy = 0;
function pump() {
  while (busy < 2 && queue.length > 0) {
    const group = queue;
    queue = [];
    busy += 1;
    store(group.flatMap((one) => one.events))
      .then(
        () => answer(group, 200),
        () => answer(group, 503),
      )
      .finally(() => {
        busy -= 1;
        pump();
      });
  }
}

const isGood = (one) =>
  typeof one === "object" &&
  one !== null &&
  typeof one.type === "string" &&
  typeof one.messageId === "string" &&
  typeof one.event === "string" &&
  typeof one.userId === "string" &&
  typeof one.timestamp === "string";

const server = createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const { batch } = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    const events = batch.filter(isGood);
    const done = (status) => {
      const body = JSON.stringify({ success: status === 200, accepted: events.length });
      response.writeHead(status, {
        "content-type": "application/json",
        "content-length": body.length,
      });
      response.end(body);
    };
    queue.push({ events, done });
    pump();
  });
});
server.listen(0, "127.0.0.1", () => process.send({ port: server.address().port }));
process.on("message", () =>
  process.send({ cpu: process.cpuUsage(), rss: process.memoryUsage.rss() }),
);
