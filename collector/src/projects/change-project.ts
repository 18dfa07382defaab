import type { Sql } from "../db/client.ts";
import { rebuildUsage } from "../operations/rebuild-usage.ts";
import { Problem } from "../problem.ts";
import { findProject } from "./find-project.ts";
import { updateProject } from "./project-queries.ts";
import type { Project } from "./queries.ts";
import { type ProjectChange, readSettings } from "./settings.ts";

/** A project as the interface shows it. */
export function toProject({ id, name, timeZone, settings }: Project) {
  return { id, name, timeZone, ...readSettings(settings) };
}

/** @throws {Problem} not-found */
export async function getProject(sql: Sql, projectId: string) {
  const project = await findProject(sql, projectId);
  if (!project) throw new Problem("not-found", "The project is gone.");
  return toProject(project);
}

/**
 * Changes a project's settings. A new time zone cuts the days elsewhere, so that the usage is
 * counted anew from the raw events, in the same commit.
 */
export async function changeProject(sql: Sql, projectId: string, change: ProjectChange) {
  const { name, timeZone, ...settings } = change;
  await sql.begin(async (tx) => {
    const before = await findProject(tx, projectId);
    await updateProject(tx, projectId, { name, timeZone, settings });
    if (timeZone !== undefined && timeZone !== before?.timeZone) await rebuildUsage(tx, projectId);
  });
  return getProject(sql, projectId);
}
