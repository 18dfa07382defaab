import type { AccountHealth } from "@telltale/protocol";
import type { ExitCriterion } from "../playbooks/default-playbooks.ts";

/** Whether an account meets the exit criterion of its playbook; without one it always does. */
export function hasExited(
  exit: ExitCriterion | null,
  health: Pick<AccountHealth, "score" | "tier">,
): boolean {
  if (exit === null) return true;
  if (exit.kind === "tier") return health.tier === exit.tier;
  return health.score !== null && health.score >= exit.atLeast;
}
