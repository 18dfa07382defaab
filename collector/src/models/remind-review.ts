import type { Sql } from "../db/client.ts";
import { publishMessage } from "../webhooks/publish-message.ts";
import { findReview } from "./find-review.ts";
import { insertReviewNotice } from "./queries.ts";

interface ReminderDeps {
  sql: Sql;
  clock: () => number;
  /** For the link, without a slash at the end. */
  publicUrl: string;
}

/**
 * Tells once, by `data.incident`, that the model in force is due to be looked at again: a quarter
 * after it was last held against outcomes, or on the date of one of its signals. The pages of the
 * dashboard go on saying so until somebody does it.
 *
 * @returns whether people were told now
 */
export async function remindOfReview(deps: ReminderDeps, projectId: string): Promise<boolean> {
  const { sql, publicUrl } = deps;
  const now = deps.clock();
  const { version, dueOn, isDue, reasons } = await findReview(sql, projectId, now);
  if (!isDue) return false;
  const at = new Date(now).toISOString();
  return sql.begin(async (tx) => {
    if (!(await insertReviewNotice(tx, { projectId, version, dueOn, at }))) return false;
    await publishMessage(tx, {
      projectId,
      type: "data.incident",
      accountId: "",
      sequence: null,
      data: {
        schemaVersion: 1,
        kind: "model_review_due",
        modelVersion: version,
        dueOn,
        reasons,
        reason: `The model ${version} is due for a review since ${dueOn}. ${reasons.join(" ")}`,
        link: `${publicUrl}/dashboard/model/report`,
      },
      at,
    });
    return true;
  });
}
