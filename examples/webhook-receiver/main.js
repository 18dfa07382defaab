import { serve } from "@hono/node-server";
import { createReceiver } from "./receiver.js";

const secret = process.env.WEBHOOK_SECRET;
const port = Number(process.env.PORT ?? 4800);

if (!secret?.startsWith("whsec_")) {
  console.error("Set WEBHOOK_SECRET to the endpoint's secret: WEBHOOK_SECRET=whsec_… node main.js");
  process.exit(2);
}

serve({ fetch: createReceiver({ secret }).fetch, port, hostname: "127.0.0.1" }, () => {
  console.log(`Waiting for webhooks at http://127.0.0.1:${port}/webhooks`);
  console.log(`What came: http://127.0.0.1:${port}/messages`);
});
