import { Problem } from "../problem.ts";
import type { KeyHolder } from "../projects/queries.ts";

/**
 * Where a project lists its origins, a browser key works from those pages only. CORS headers are
 * no access control: without this check the handler would run and the page just not see the answer.
 *
 * @throws {Problem} forbidden
 */
export function checkOrigin(holder: KeyHolder, origin: string | undefined): void {
  if (holder.kind === "secret") return;
  const allowed = holder.project.settings.allowedOrigins;
  if (!Array.isArray(allowed) || allowed.length === 0) return;
  if (origin !== undefined && allowed.includes(origin)) return;
  throw new Problem(
    "forbidden",
    `The origin ${origin ?? "(none)"} is not on this project's list; servers use a secret key.`,
  );
}
