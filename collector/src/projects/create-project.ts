import { v7 } from "uuid";
import type { Db, Queryable } from "../db/client.ts";
import { Problem } from "../problem.ts";
import { createKey, hashKey, type KeyKind, keyPrefix } from "./key.ts";
import { insertKey, insertProject, listProjects, lockFirstStart, type Project } from "./queries.ts";
import { isTimeZone } from "./settings.ts";

export interface NewProject {
  project: Project;
  writeKey: string;
  secretKey: string;
}

interface ProjectOptions {
  name: string;
  timeZone?: string;
  settings?: Record<string, unknown>;
  /** Keys chosen beforehand; absent: random ones. */
  writeKey?: string | undefined;
  secretKey?: string | undefined;
}

/**
 * Creates a project with one key of each kind. The keys are stored hashed: show them now.
 *
 * @throws {Problem} invalid-request for a time zone that no day can be cut by
 */
export async function createProject(
  db: Queryable,
  clock: () => number,
  options: ProjectOptions,
): Promise<NewProject> {
  const { name, timeZone = "UTC" } = options;
  if (!isTimeZone(timeZone)) {
    throw new Problem("invalid-request", "The project can't be made.", {
      errors: [
        { pointer: "/timeZone", detail: "must be an IANA name, for instance Europe/Berlin" },
      ],
    });
  }
  const createdAt = new Date(clock());
  const project: Project = {
    id: v7(),
    name,
    timeZone,
    settings: options.settings ?? {},
  };
  const writeKey = options.writeKey ?? createKey("write");
  const secretKey = options.secretKey ?? createKey("secret");
  await db.transaction(async (tx) => {
    await insertProject(tx, { ...project, createdAt });
    for (const [kind, key] of [
      ["write", writeKey],
      ["secret", secretKey],
    ] as [KeyKind, string][]) {
      await insertKey(tx, {
        id: v7(),
        projectId: project.id,
        kind,
        name: "first",
        prefix: keyPrefix(key),
        keyHash: hashKey(key),
        createdAt,
      });
    }
  });
  return { project, writeKey, secretKey };
}

/**
 * Creates the first project when there is none, however many processes start at once.
 *
 * @returns the project with its keys when it was created now, else null
 */
export async function bootstrapProject(
  db: Db,
  clock: () => number,
  options: ProjectOptions,
): Promise<NewProject | null> {
  return db.transaction(async (tx) => {
    await lockFirstStart(tx);
    if ((await listProjects(tx)).length > 0) return null;
    return createProject(tx, clock, options);
  });
}
