import type { Sql } from "../db/client.ts";
import type { EventWriter } from "../ingest/event-writer.ts";
import { parseMessage } from "../ingest/parse-message.ts";
import { REASONS } from "../ingest/record-batch.ts";
import { findOldest } from "../ingest/refusals.ts";
import { Problem } from "../problem.ts";
import { findProject } from "../projects/find-project.ts";
import type { Project } from "../projects/queries.ts";
import { readSettings } from "../projects/settings.ts";
import { identifyAgain } from "./identify-again.ts";
import { deleteRejected, findRejected, noteFault, noteReplay } from "./queries.ts";
import type { Replay } from "./schema.ts";

/** What a replay works with. */
export interface ReplayDeps {
  database: { sql: Sql };
  eventWriter: EventWriter;
  clock: () => number;
}

/**
 * Tries a rejected message again, its time corrected as of the moment it came in; once the cause is
 * gone it is stored, unless it has become older meanwhile than its project keeps events.
 *
 * @throws {Problem} not-found for a message that is unknown or was replayed before
 */
export async function replayRejected(
  deps: ReplayDeps,
  projectId: string,
  id: string,
): Promise<Replay> {
  const project = await findProject(deps.database.sql, projectId);
  const replay = project && (await replayOf(deps, project, id));
  if (!replay) throw new Problem("not-found", "There is no such message that waits for a replay.");
  return replay;
}

/**
 * The same; null for a message that is unknown or was replayed before. It waits until it is stored,
 * whatever dies; two at once store it once, by its id.
 */
export async function replayOf(
  deps: ReplayDeps,
  project: Project,
  id: string,
): Promise<Replay | null> {
  const { sql } = deps.database;
  const { id: projectId } = project;
  const nowMs = deps.clock();
  const now = new Date(nowMs).toISOString();
  const row = await findRejected(sql, projectId, id);
  if (!row) return null;
  const { sentAtMs, isImport = false, isBot = false, context = {} } = row.circumstances;
  const message = parsePayload(row.payload, id);
  const { identity: mode } = readSettings(project.settings);
  const question = { projectId, mode, row, now: nowMs };
  const proofs = await identifyAgain(sql, message, question);
  const parsed = parseMessage(message, {
    projectId,
    receivedAtMs: row.receivedAt.getTime(),
    judgedAtMs: nowMs,
    sentAtMs,
    isImport,
    isBot,
    context,
    oldestMs: findOldest(project, nowMs),
    ...(proofs && { proofs }),
  });
  if ("fault" in parsed) return fail(parsed.fault.code, parsed.fault.detail);
  // It arrives in the store only now, and whoever reads on from the last arrival must meet it.
  const event = { ...parsed.event, receivedAt: now, receivedAtMs: nowMs };
  const [verdict] = await deps.eventWriter.write([event]);
  if (verdict === "stored" || verdict === "duplicate") {
    await noteReplay(sql, { projectId, id, now });
    return { outcome: verdict };
  }
  const { code, detail } = REASONS[verdict as keyof typeof REASONS];
  // What must not be kept goes for good.
  if (verdict === "erased") await deleteRejected(sql, projectId, [id]);
  return verdict === "erased" ? { outcome: "rejected", code, detail } : fail(code, detail);

  async function fail(code: string, detail: string): Promise<Replay> {
    await noteFault(sql, { projectId, id, code, detail });
    return { outcome: "rejected", code, detail };
  }
}

/** A message without an id takes the id of its row, so that no second try stores it twice. */
function parsePayload(payload: string, id: string): unknown {
  try {
    const message = JSON.parse(payload);
    const isObject = typeof message === "object" && message !== null && !Array.isArray(message);
    return isObject ? { ...message, messageId: message.messageId || id } : message;
  } catch {
    return null;
  }
}
