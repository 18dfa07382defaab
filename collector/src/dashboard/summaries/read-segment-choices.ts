import type { AppDeps } from "../../app.ts";
import { listSegmentNames } from "../../segments/find-members.ts";
import type { MemberProject } from "../../sign-in/find-session.ts";
import { readBookSummary } from "./summarise-book.ts";

/** Segments of both kinds, for a form: the saved ones, then each trait with its values. */
export async function readSegmentChoices(
  { database, clock }: Pick<AppDeps, "database" | "clock">,
  project: MemberProject,
): Promise<{ key: string; name: string }[]> {
  const [saved, { words }] = await Promise.all([
    listSegmentNames(database.db, project.id),
    readBookSummary(database.sql, project, clock()),
  ]);
  return [...saved, ...words.segments.map((key) => ({ key, name: key.replace(":", ": ") }))];
}
