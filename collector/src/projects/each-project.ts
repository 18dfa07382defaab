import type { Queryable } from "../db/client.ts";
import { listProjects, type Project } from "./queries.ts";

/**
 * Does something for every project, one after another. One that fails keeps no other from its turn.
 *
 * @throws {AggregateError} at the end, with what failed
 */
export async function eachProject(
  db: Queryable,
  work: (project: Project) => Promise<unknown>,
): Promise<void> {
  const faults: unknown[] = [];
  for (const project of await listProjects(db)) {
    try {
      await work(project);
    } catch (error) {
      faults.push(error);
    }
  }
  if (faults.length > 0) throw new AggregateError(faults, `failed for ${faults.length} projects`);
}
