import type { Sql } from "../../db/client.ts";

/** What a history is marked with. */
export type MarkKind =
  | "model"
  | "outcome"
  | "release"
  | "prompt"
  | "alert"
  | "playbook"
  | "milestone"
  | "spike";

/** A moment that the history is marked with. */
export interface HistoryMark {
  /** Calendar day. */
  day: string;
  kind: MarkKind;
  text: string;
}

const MOST = 300;

/**
 * What happened to an account beside its score, newest first: releases, prompts that were shown,
 * alerts, what people did about them, milestones, and what became of its contract.
 */
export async function readHistoryMarks(
  sql: Sql,
  account: { projectId: string; accountId: string; since: string; timeZone: string },
): Promise<HistoryMark[]> {
  const { projectId, accountId, since, timeZone } = account;
  return sql<HistoryMark[]>`
    WITH raised AS (
      SELECT id::text AS id, opened_at, acknowledged_at, resolved_at, outcome, summary, assignee,
        coalesce(detail -> 'playbook' ->> 'name', 'Alert') AS playbook
      FROM alerts WHERE project_id = ${projectId} AND account_id = ${accountId}
    ), mark AS (
      SELECT released_at AS at, 'release' AS kind,
        'Release ' || version || CASE WHEN name IN ('', version) THEN '' ELSE ': ' || name END AS text
      FROM releases WHERE project_id = ${projectId}
      UNION ALL
      SELECT min(shown_at), 'prompt',
        CASE count(*) WHEN 1 THEN 'A survey prompt was shown'
          ELSE count(*) || ' survey prompts were shown' END
      FROM prompt_impressions
      WHERE project_id = ${projectId} AND account_id = ${accountId} AND shown_at IS NOT NULL
      GROUP BY (shown_at AT TIME ZONE ${timeZone})::date
      UNION ALL
      SELECT opened_at, 'alert', summary FROM raised
      UNION ALL
      SELECT acknowledged_at, 'playbook', playbook || coalesce(' taken up by ' || assignee, ' taken up')
      FROM raised WHERE acknowledged_at IS NOT NULL
      UNION ALL
      SELECT log.at, 'playbook', raised.playbook || ': steps ticked off by ' || log.actor
      FROM audit_log log JOIN raised ON raised.id = log.target
      WHERE log.project_id = ${projectId} AND log.action = 'playbook.progressed'
      UNION ALL
      SELECT resolved_at, 'playbook', playbook || ' ended: ' || CASE outcome
        WHEN 'contacted' THEN 'somebody talked to them' WHEN 'fixed' THEN 'the cause is fixed'
        WHEN 'no_action' THEN 'nothing was needed' WHEN 'false_alarm' THEN 'a false alarm'
        ELSE 'by itself' END
      FROM raised WHERE resolved_at IS NOT NULL
      UNION ALL
      SELECT reached_at, 'milestone', 'Reached ' || milestone FROM milestones_reached
      WHERE project_id = ${projectId} AND account_id = ${accountId}
      UNION ALL
      SELECT occurred_on::timestamp AT TIME ZONE ${timeZone}, 'outcome', initcap(kind) FROM outcomes
      WHERE project_id = ${projectId} AND account_id = ${accountId}
    )
    SELECT (at AT TIME ZONE ${timeZone})::date::text AS day, kind, text FROM mark
    WHERE (at AT TIME ZONE ${timeZone})::date > ${since}::text::date
    ORDER BY at DESC LIMIT ${MOST}`;
}
