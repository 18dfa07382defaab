import type { FC } from "hono/jsx";
import { toPercent, toWhole } from "../format.ts";
import { Icon } from "../ui/icon.tsx";
import { Empty, PageHead, Scroll, When } from "../ui/parts.tsx";

export interface SurveyRow {
  id: string;
  key: string;
  name: string;
  status: "draft" | "live" | "stopped";
  updatedAt: string;
  shown: number;
  answered: number;
}

/** Whether a survey asks. */
export const SurveyState: FC<{ status: SurveyRow["status"] }> = ({ status }) => (
  <span class={`status-line ${status === "live" ? "ok" : ""}`}>
    <Icon name={status === "live" ? "check" : status === "draft" ? "sliders" : "stop"} />
    {status === "live" ? "Asking" : status === "draft" ? "Draft" : "Stopped"}
  </span>
);

/** What is asked, and how many answer. */
export const SurveysPage: FC<{ surveys: SurveyRow[]; canChange: boolean }> = ({
  surveys,
  canChange,
}) => (
  <>
    <PageHead
      title="Surveys"
      note="Micro-surveys in your app: one tap, never twice, never in the way."
    >
      {canChange && (
        <a class="button primary" href="/dashboard/surveys/new">
          New survey
        </a>
      )}
    </PageHead>
    <section class="panel" aria-label="Surveys">
      {surveys.length === 0 ? (
        <Empty title="Nobody is asked anything yet" icon="speech">
          Usage says what people do; one question says whether they like it. A busy account that is
          unhappy looks healthy until it leaves.
        </Empty>
      ) : (
        <Scroll label="All surveys">
          <table class="rows">
            <thead>
              <tr>
                <th scope="col">Survey</th>
                <th scope="col">State</th>
                <th scope="col" class="number-cell">
                  Shown, 90 days
                </th>
                <th scope="col" class="number-cell">
                  Answered
                </th>
                <th scope="col" class="number-cell">
                  Response rate
                </th>
                <th scope="col" class="wide">
                  Changed
                </th>
              </tr>
            </thead>
            <tbody>
              {surveys.map((survey) => (
                <tr>
                  <th scope="row" class="name-cell">
                    <a href={`/dashboard/surveys/${survey.id}`}>{survey.name}</a>
                    <span class="soft">{survey.key}</span>
                  </th>
                  <td>
                    <SurveyState status={survey.status} />
                  </td>
                  <td class="number-cell">{toWhole(survey.shown)}</td>
                  <td class="number-cell">{toWhole(survey.answered)}</td>
                  <td class="number-cell">
                    {survey.shown === 0 ? "–" : toPercent(survey.answered / survey.shown)}
                  </td>
                  <td class="wide soft">
                    <When at={survey.updatedAt} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </section>
  </>
);
