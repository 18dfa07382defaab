import { migrate } from "../../collector/dist/db/migrate.js";

await migrate(process.argv[2]);
process.exit(0);
