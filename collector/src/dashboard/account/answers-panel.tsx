import type { FC } from "hono/jsx";
import { toTenth } from "../format.ts";
import type { AnswerRow } from "../queries/account.ts";
import { Panel, When } from "../ui/parts.tsx";

const MEASURES: Record<string, string> = {
  csat: "CSAT",
  nps: "NPS",
  ces: "Effort",
  thumbs: "Thumbs",
};

/** The number of an answer, as the person gave it. */
export function toAnswerWords({ measure, value, choices }: AnswerRow): string {
  const said: string[] = [];
  if (value !== null && measure === "thumbs") said.push(value > 0 ? "Thumbs up" : "Thumbs down");
  else if (value !== null) said.push(`${MEASURES[measure] ?? "Answer"} ${toTenth(value)}`);
  if (choices.length > 0) said.push(choices.join(", "));
  return said.join(" · ");
}

/** What people said, in their own words. */
export const AnswersPanel: FC<{ answers: AnswerRow[] }> = ({ answers }) => (
  <Panel title="Answers" id="answers">
    {answers.length === 0 ? (
      <p class="soft">Nobody was asked, or nobody answered. Silence is not consent.</p>
    ) : (
      <ul class="list">
        {answers.slice(0, 12).map((answer) => (
          <li class="stack tight">
            {answer.text && <blockquote class="quote">{answer.text}</blockquote>}
            <span class="row small">
              <strong>{toAnswerWords(answer)}</strong>
              <span class="soft">
                {answer.userName ?? answer.userId}, <When at={answer.answeredAt} />
                {answer.survey && ` · ${answer.survey}`}
              </span>
            </span>
          </li>
        ))}
      </ul>
    )}
  </Panel>
);
