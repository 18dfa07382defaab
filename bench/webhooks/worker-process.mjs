/** A delivery worker of its own process, to be killed. */

import { createDatabase } from "../../collector/dist/db/client.js";
import { createLogger } from "../../collector/dist/logger.js";
import { createDeliveryLoop } from "../../collector/dist/webhooks/delivery-loop.js";

const [url, appSecret, leaseMs] = process.argv.slice(2);
const loop = createDeliveryLoop({
  database: createDatabase(url, 4),
  clock: Date.now,
  appSecret,
  logger: createLogger("silent"),
  isPrivateAllowed: true,
  allowedHosts: [],
  leaseMs: Number(leaseMs),
});
loop.start();
process.send?.("started");
