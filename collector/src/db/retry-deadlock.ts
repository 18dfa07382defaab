const DEADLOCK = "40P01";
const MAX_TRIES = 3;

/** Runs a statement or transaction again when Postgres chose it as the victim of a deadlock. */
export async function retryDeadlock<T>(run: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await run();
    } catch (error) {
      if ((error as { code?: unknown }).code !== DEADLOCK || tries === MAX_TRIES) throw error;
    }
  }
}
