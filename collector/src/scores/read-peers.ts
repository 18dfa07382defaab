import { quantileOf } from "@telltale/scoring";
import type { Sql } from "../db/client.ts";
import { findStoredJudge } from "./judge.ts";

/** Where the middle half of an account's peers stands with one signal, in its unit. */
export interface PeerBand {
  p25: number;
  median: number;
  p75: number;
}

/** The peers that a score was compared with. */
export interface Peers {
  /** Their segment; null for all accounts of the project. */
  segment: string | null;
  /** By signal key; signals that nobody has are left out. */
  bands: ReadonlyMap<string, PeerBand>;
}

/**
 * The peers of an account, by the very norms that its score names; none where they are gone.
 *
 * @param score - the model and norms of a stored score, and the account's segments
 */
export async function readPeers(
  sql: Sql,
  projectId: string,
  score: { modelVersion: string; normsVersion: string; segments: readonly string[] },
): Promise<Peers> {
  const judge = await findStoredJudge(sql, projectId, score);
  if (!judge) return { segment: null, bands: new Map() };
  const { model, norms } = judge;
  const segment =
    model.referenceSegments.find((one) => score.segments.includes(one) && norms.segments[one]) ??
    null;
  const distributions = { ...norms.project, ...(segment && norms.segments[segment]) };
  const bands = new Map(
    Object.entries(distributions).map(([key, population]): [string, PeerBand] => [
      key,
      {
        p25: quantileOf(population, 0.25),
        median: population.median,
        p75: quantileOf(population, 0.75),
      },
    ]),
  );
  return { segment, bands };
}
