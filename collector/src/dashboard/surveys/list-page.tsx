import type { FC } from "hono/jsx";
import { toPercent, toWhole } from "../format.ts";
import type { FieldFault } from "../ui/field.tsx";
import { Icon } from "../ui/icon.tsx";
import { Empty, PageHead, When } from "../ui/parts.tsx";
import { Table } from "../ui/table.tsx";
import type { LimitDraft } from "./limit-draft.ts";
import { LimitsPanel } from "./limits-panel.tsx";

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

interface SurveysPageProps {
  surveys: SurveyRow[];
  limits: readonly LimitDraft[];
  /** Of the limits. */
  faults: FieldFault[];
  canChange: boolean;
}

/** What is asked, and how many answer. */
export const SurveysPage: FC<SurveysPageProps> = ({ surveys, limits, faults, canChange }) => (
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
    <div class="stack">
      <SurveyList surveys={surveys} />
      {surveys.length + limits.length > 0 && (
        <LimitsPanel limits={limits} faults={faults} canChange={canChange} />
      )}
    </div>
  </>
);

const SurveyList: FC<Pick<SurveysPageProps, "surveys">> = ({ surveys }) => (
  <section class="panel" aria-label="Surveys">
    {surveys.length === 0 ? (
      <Empty title="Nobody is asked anything yet" icon="speech">
        Usage says what people do; one question says whether they like it. A busy account that is
        unhappy looks healthy until it leaves.
      </Empty>
    ) : (
      <form method="get" action="/dashboard/surveys/combined">
        <Table
          label="All surveys"
          isList
          rows={surveys}
          columns={[
            {
              head: "Survey",
              class: "name-cell",
              cell: ({ id, name, key }) => (
                <>
                  <a href={`/dashboard/surveys/${id}`}>{name}</a>
                  <span class="soft">{key}</span>
                </>
              ),
            },
            { head: "State", cell: ({ status }) => <SurveyState status={status} /> },
            { head: "Shown, 90 days", kind: "number", cell: ({ shown }) => toWhole(shown) },
            { head: "Answered", kind: "number", cell: ({ answered }) => toWhole(answered) },
            {
              head: "Response rate",
              kind: "number",
              cell: ({ shown, answered }) => (shown === 0 ? "–" : toPercent(answered / shown)),
            },
            { head: "Changed", class: "wide soft", cell: (row) => <When at={row.updatedAt} /> },
            ...(surveys.length > 1
              ? [
                  {
                    head: "Together",
                    cell: ({ id, name }: SurveyRow) => (
                      <input
                        type="checkbox"
                        name="survey"
                        value={id}
                        aria-label={`Put ${name} together with others`}
                      />
                    ),
                  },
                ]
              : []),
          ]}
        />
        {surveys.length > 1 && (
          <div class="row save">
            <button type="submit">Results of the chosen together</button>
          </div>
        )}
      </form>
    )}
  </section>
);
