import type { Sql } from "../db/client.ts";
import { Problem } from "../problem.ts";
import { getPlaybooks } from "./choose-playbook.ts";
import type { Playbook } from "./default-playbooks.ts";
import { deletePlaybook, readPlaybooks, upsertPlaybook } from "./queries.ts";

/** @throws {Problem} not-found */
export async function getPlaybook(sql: Sql, projectId: string, key: string): Promise<Playbook> {
  const playbook = (await getPlaybooks(sql, projectId)).find((one) => one.key === key);
  if (!playbook) throw new Problem("not-found", `There is no playbook ${key} in this project.`);
  return playbook;
}

/**
 * Creates or replaces a playbook; a default one is replaced by its key or its pattern.
 *
 * @param at - ISO 8601
 * @throws {Problem} conflict, when another playbook of the project has the pattern
 */
export async function savePlaybook(
  sql: Sql,
  projectId: string,
  { playbook, at }: { playbook: Playbook; at: string },
): Promise<Playbook> {
  const others = (await readPlaybooks(sql, projectId)).filter(({ key }) => key !== playbook.key);
  const rival = others.find(({ pattern }) => pattern !== null && pattern === playbook.pattern);
  if (rival) {
    throw new Problem("conflict", `The pattern ${rival.pattern} has the playbook ${rival.key}.`);
  }
  await upsertPlaybook(sql, projectId, { playbook, at });
  return playbook;
}

/**
 * Deletes a playbook; the default that it replaced is back.
 *
 * @throws {Problem} not-found, also for the default ones
 */
export async function removePlaybook(sql: Sql, projectId: string, key: string): Promise<void> {
  if (await deletePlaybook(sql, projectId, key)) return;
  throw new Problem("not-found", `This project has no playbook ${key} of its own.`);
}
