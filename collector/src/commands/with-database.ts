import type { Config } from "../config.ts";
import { createDatabase, type Database } from "../db/client.ts";
import { startEmbeddedPostgres } from "../db/embedded/start.ts";

/**
 * Opens the database of the settings for one command: the embedded one is started when nobody
 * runs it, shared when somebody does, and left as it was found.
 */
export async function withDatabase<T>(
  config: Config,
  run: (database: Database, url: string) => Promise<T>,
): Promise<T> {
  const embedded = config.databaseUrl
    ? null
    : await startEmbeddedPostgres({ dataDir: config.dataDir });
  const url = config.databaseUrl ?? (embedded?.url as string);
  const database = createDatabase(url, 4);
  try {
    return await run(database, url);
  } finally {
    await database.close();
    if (embedded && !embedded.isAdopted) await embedded.stop();
  }
}
