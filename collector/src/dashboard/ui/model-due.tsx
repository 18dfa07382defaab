import type { FC } from "hono/jsx";
import type { ModelReview } from "../../models/find-review.ts";
import { Notice } from "./notice.tsx";
import { Day } from "./parts.tsx";

/** Says so where people look daily when somebody is to look at the model in force again. */
export const ModelDue: FC<{ review: ModelReview }> = ({ review }) =>
  review.isDue ? (
    <Notice kind="warn">
      The model <a href="/dashboard/model">{review.version}</a> is due for a review since{" "}
      <Day at={review.dueOn} />. {review.reasons.join(" ")}{" "}
      <a href="/dashboard/model/report">Make the report</a>
    </Notice>
  ) : null;
