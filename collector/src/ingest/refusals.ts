import type { BatchResponse } from "@telltale/protocol";
import { Problem } from "../problem.ts";
import type { KeyHolder, Project } from "../projects/queries.ts";
import { readSettings } from "../projects/settings.ts";

/** Global Privacy Control: a browser that says so is not tracked, unless the project decides so. */
export function isOptedOut(holder: KeyHolder, gpc: string | undefined): boolean {
  return (
    gpc === "1" && holder.kind === "write" && readSettings(holder.project.settings).isGpcHonoured
  );
}

/** The answer to a browser that opted out: nothing is stored, and it is told so. */
export function refuseOptedOut(messages: unknown[]): BatchResponse {
  return {
    success: true,
    accepted: 0,
    duplicates: 0,
    rejected: messages.map((_, index) => ({
      index,
      messageId: null,
      code: "opted_out",
      detail: "the browser sent Sec-GPC: 1, and this project honours it",
    })),
  };
}

/**
 * Why a batch is refused for want of proofs: where nothing of it was proved; and where it comes again with
 * the next proof, as our SDK has it, already where a part was not. What was stored of it is known by its ids.
 *
 * @param sender.comesAgain - had no valid proof, and brings the batch again when it has one
 * @returns null where the batch is answered message by message
 */
export function findProofRefusal(
  answer: BatchResponse,
  { comesAgain }: { comesAgain: boolean },
): Problem | null {
  const { accepted, duplicates, rejected } = answer;
  const unproved = rejected.filter(({ code }) => code === "identity_unverified");
  const isNothing = accepted + duplicates === 0 && unproved.length === rejected.length;
  if (unproved.length === 0 || !(isNothing || comesAgain)) return null;
  return new Problem("forbidden", "This project asks for a proof of identity; see errors.", {
    errors: unproved.map(({ index, detail }) => ({ pointer: `/batch/${index}`, detail })),
  });
}

const DAY_MS = 86_400_000;

/** What a project does not keep, it does not take: it could not be told from its own retry. */
export function findOldest({ settings }: Pick<Project, "settings">, nowMs: number): number {
  const { retentionDays } = readSettings(settings);
  return retentionDays === null ? 0 : nowMs - retentionDays * DAY_MS;
}
