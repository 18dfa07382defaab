import type { Sql } from "../db/client.ts";
import { publishMessage } from "../webhooks/publish-message.ts";
import { markLateSources } from "./source-queries.ts";

/**
 * Says once, by `data.incident`, that a source has been silent for longer than expected.
 *
 * @param at - ISO 8601
 * @returns how many fell silent now
 */
export async function watchSources(sql: Sql, projectId: string, at: string): Promise<number> {
  return sql.begin(async (tx) => {
    const late = await markLateSources(tx, projectId, at);
    for (const { id, name, kind, lastReceivedAt } of late) {
      const since = lastReceivedAt?.toISOString() ?? null;
      await publishMessage(tx, {
        projectId,
        type: "data.incident",
        accountId: "",
        sequence: null,
        data: {
          schemaVersion: 1,
          kind: "source_late",
          source: { id, name, kind },
          lastReceivedAt: since,
          reason: `${name} has sent nothing ${since ? `since ${since}` : "yet"}.`,
        },
        at,
      });
    }
    return late.length;
  });
}
