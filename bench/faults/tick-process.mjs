/** A scheduler of its own process, with a tick a second that notes what it ran. */

import { createDatabase } from "../../collector/dist/db/client.js";
import { createScheduler } from "../../collector/dist/jobs/schedule.js";
import { createLogger } from "../../collector/dist/logger.js";

const { sql, close } = createDatabase(process.argv[2], 2);
await sql`CREATE TABLE IF NOT EXISTS fault_ticks (due_at timestamptz, pid int)`;
const scheduler = createScheduler({ sql, clock: Date.now, logger: createLogger("silent") }, [
  {
    name: "fault-tick",
    pattern: "* * * * * *",
    async run() {
      await sql`INSERT INTO fault_ticks VALUES (date_trunc('second', now()), ${process.pid})`;
    },
  },
]);
scheduler.start();
process.on("SIGTERM", async () => {
  await scheduler.stop();
  await close();
  process.exit(0);
});
process.send("started");
