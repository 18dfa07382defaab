import { Problem } from "../problem.ts";
import type { KeyHolder } from "../projects/queries.ts";
import { readSettings } from "../projects/settings.ts";

/**
 * Where a project lists its origins, a browser key works from those pages only. CORS headers are
 * no access control: without this check the handler would run and the page just not see the answer.
 *
 * @throws {Problem} forbidden
 */
export function checkOrigin(holder: KeyHolder, origin: string | undefined): void {
  if (holder.kind === "secret") return;
  const { allowedOrigins } = readSettings(holder.project.settings);
  if (allowedOrigins.length === 0) return;
  if (origin !== undefined && allowedOrigins.includes(origin)) return;
  throw new Problem(
    "forbidden",
    `The origin ${origin ?? "(none)"} is not on this project's list; servers use a secret key.`,
  );
}
