import type { FC } from "hono/jsx";
import { toCount, toTenth, toWhole } from "../format.ts";
import { Panel, When } from "../ui/parts.tsx";
import type { AnswerRow } from "./queries.ts";

const MEASURES: Record<string, string> = {
  csat: "CSAT",
  nps: "NPS",
  ces: "Effort",
  thumbs: "Thumbs up, share",
};
const MOST_QUOTES = 10;

/** A number of answers with what it is to be held against. */
function toRating(measure: string, value: number, value100: number | null): string {
  const rating = `${MEASURES[measure] ?? "Answer"} ${toTenth(value)}`;
  if (measure === "nps") return `${rating} of 10`;
  const isShare = measure === "thumbs" || value100 === null;
  return isShare ? rating : `${rating} (${toWhole(value100)} of 100)`;
}

/** The number of an answer, as the person gave it, and what was chosen. */
export function toAnswerWords({ measure, value, value100, choices }: AnswerRow): string {
  const said: string[] = [];
  if (value !== null && measure === "thumbs") said.push(value > 0 ? "Thumbs up" : "Thumbs down");
  else if (value !== null) said.push(toRating(measure, value, value100));
  if (choices.length > 0) said.push(choices.join(", "));
  return said.join(" · ");
}

/** What people said: their words one by one, bare numbers as a mean. */
export const AnswersPanel: FC<{ answers: AnswerRow[] }> = ({ answers }) => {
  const quotes = answers.filter(({ text, choices }) => text || choices.length > 0);
  const numbers = new Map<string, AnswerRow[]>();
  for (const answer of answers) {
    if (answer.value === null || answer.text) continue;
    numbers.set(answer.measure, [...(numbers.get(answer.measure) ?? []), answer]);
  }
  return (
    <Panel title="Answers" id="answers" note={answers.length > 0 ? "the newest 30" : ""}>
      {answers.length === 0 && (
        <p class="soft">Nobody was asked, or nobody answered. Silence is not consent.</p>
      )}
      {quotes.length > 0 && (
        <ul class="list">
          {quotes.slice(0, MOST_QUOTES).map((answer) => (
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
      {[...numbers].map(([measure, rows]) => (
        <Numbers measure={measure} rows={rows} />
      ))}
    </Panel>
  );
};

const Numbers: FC<{ measure: string; rows: AnswerRow[] }> = ({ measure, rows }) => {
  const mean = rows.reduce((sum, { value }) => sum + (value ?? 0), 0) / rows.length;
  const known = rows.flatMap(({ value100 }) => value100 ?? []);
  const mean100 =
    known.length === rows.length ? known.reduce((sum, one) => sum + one, 0) / known.length : null;
  const [newest] = rows;
  return (
    <details class="numbers">
      <summary>
        <strong>{toRating(measure, mean, mean100)}</strong>, the mean of{" "}
        {toCount(rows.length, "answer")}
        {newest && (
          <>
            , newest <When at={newest.answeredAt} />
          </>
        )}
      </summary>
      <ul class="small">
        {rows.map((answer) => (
          <li>
            {toAnswerWords(answer)}, {answer.userName ?? answer.userId},{" "}
            <When at={answer.answeredAt} />
          </li>
        ))}
      </ul>
    </details>
  );
};
