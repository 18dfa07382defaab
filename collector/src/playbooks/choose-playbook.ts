import type { SqlQueryable } from "../db/client.ts";
import { DEFAULT_PLAYBOOKS, type Pattern, type Playbook } from "./default-playbooks.ts";
import { readPlaybooks } from "./queries.ts";

/** The project's playbooks, its own first, each with whether it is; a default is left out once replaced. */
export async function listPlaybooks(
  sql: SqlQueryable,
  projectId: string,
): Promise<(Playbook & { isOwn: boolean })[]> {
  const own = await readPlaybooks(sql, projectId);
  const isReplaced = (playbook: Playbook) =>
    own.some(({ key, pattern }) => key === playbook.key || pattern === playbook.pattern);
  return [
    ...own.map((playbook) => ({ ...playbook, isOwn: true })),
    ...DEFAULT_PLAYBOOKS.filter((playbook) => !isReplaced(playbook)).map((playbook) => ({
      ...playbook,
      isOwn: false,
    })),
  ];
}

/** The project's playbooks: its own, and the default ones that it did not replace. */
export async function getPlaybooks(sql: SqlQueryable, projectId: string): Promise<Playbook[]> {
  return (await listPlaybooks(sql, projectId)).map(({ isOwn: _, ...playbook }) => playbook);
}

/** The playbook that a rule names, else the one for what moves the score. */
export async function choosePlaybook(
  sql: SqlQueryable,
  projectId: string,
  wish: { key: string | null; pattern: Pattern },
): Promise<Playbook> {
  const playbooks = await getPlaybooks(sql, projectId);
  const chosen =
    playbooks.find(({ key }) => key === wish.key) ??
    playbooks.find(({ pattern }) => pattern === wish.pattern);
  return chosen ?? (DEFAULT_PLAYBOOKS[0] as Playbook);
}
