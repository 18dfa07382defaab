import type { Db } from "../db/client.ts";
import { listProjects, type Project } from "../projects/queries.ts";
import { fail } from "./terminal.ts";

/**
 * The project that a command is about.
 *
 * @throws {CommandFailure} when there is none
 */
export async function chooseProject(db: Db, name: string | undefined): Promise<Project> {
  const projects = await listProjects(db);
  const chosen = name
    ? projects.find((project) => project.name === name || project.id === name)
    : projects[0];
  if (chosen) return chosen;
  return fail(name ? `There is no project ${name}.` : "There is no project; run serve first.", 2);
}
