import { serve } from "@hono/node-server";
import postgres from "postgres";
import { createSync, prepare } from "./sync.js";

const { WEBHOOK_SECRET: secret, DATABASE_URL: databaseUrl, PORT = "4801" } = process.env;

if (!secret || !databaseUrl) {
  console.error("Set WEBHOOK_SECRET (whsec_…) and DATABASE_URL (postgres://…).");
  process.exit(2);
}

const sql = postgres(databaseUrl, { onnotice: () => {} });
await prepare(sql);
serve(
  { fetch: createSync({ sql, secret }).fetch, port: Number(PORT), hostname: "127.0.0.1" },
  () => {
    console.log(`Waiting for webhooks at http://127.0.0.1:${PORT}/webhooks`);
    console.log(`The copy: http://127.0.0.1:${PORT}/accounts`);
  },
);
