import type { FC } from "hono/jsx";
import type { ModelCalibration, ModelEvaluation } from "../../models/evaluate-model.ts";
import { toCount, toPercent, toSigned, toTenth } from "../format.ts";
import { Notice } from "../ui/notice.tsx";
import { Empty, PageHead, Panel, Scroll, When } from "../ui/parts.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { FigureTable, toFigureText } from "./figures.tsx";
import { MODEL_TABS } from "./tabs.ts";

/** A report and when it was made. */
export interface ModelReport {
  at: number;
  evaluation: ModelEvaluation;
  calibration: ModelCalibration;
}

/** Whether the score is right: against what became of the accounts. */
export const ReportPage: FC<{
  report: ModelReport | null;
  isBusy: boolean;
  canCompute: boolean;
}> = ({ report, isBusy, canCompute }) => (
  <>
    <PageHead
      title="Report"
      note={
        report ? (
          <>
            Model <code>{report.evaluation.version}</code>, {report.evaluation.horizonDays} days
            before the outcome, made <When at={report.at} />
          </>
        ) : (
          "Whether the score is right, against what became of the accounts."
        )
      }
    >
      {canCompute && (
        <form method="post" action="/dashboard/model/report">
          <button type="submit" class={report ? "" : "primary"}>
            {report ? "Make it anew" : "Make the report"}
          </button>
        </form>
      )}
    </PageHead>
    <Tabs label="Model" tabs={MODEL_TABS} current="/dashboard/model/report" />
    {isBusy && <Notice kind="good">The report is being made; reload in a moment.</Notice>}
    {report ? <Report report={report} /> : <NoReport />}
  </>
);

const NoReport: FC = () => (
  <Panel title="Calibration">
    <Empty title="No report yet" icon="sliders">
      It needs outcomes: which accounts renewed, and which left, sent with{" "}
      <code>POST /v1/outcomes</code> or <code>telltale import</code>. Under ten of each it says so
      instead of a figure.
    </Empty>
  </Panel>
);

const Report: FC<{ report: ModelReport }> = ({ report: { evaluation, calibration } }) => {
  const { outcomes, overall, segments } = evaluation.evaluation;
  const { weights, thresholds } = calibration;
  return (
    <div class="stack">
      <Panel
        title="Figures"
        note={`${toCount(outcomes.n, "outcome")}: ${outcomes.churned} left, ${outcomes.stayed} stayed`}
      >
        <FigureTable columns={[{ word: "All accounts", figures: overall }]} />
      </Panel>
      <div class="columns">
        <Panel title="By segment" note="recall and false alarms">
          {Object.keys(segments).length === 0 ? (
            <p class="soft">No account with an outcome is in a segment.</p>
          ) : (
            <Scroll label="Figures by segment">
              <table>
                <thead>
                  <tr>
                    <th scope="col">Segment</th>
                    <th scope="col" class="number-cell">
                      n
                    </th>
                    <th scope="col">Recall</th>
                    <th scope="col">False alarms</th>
                  </tr>
                </thead>
                <tbody>
                  {Object.entries(segments).map(([name, { n, figures }]) => (
                    <tr>
                      <th scope="row">{name.replace(":", ": ")}</th>
                      <td class="number-cell">{n}</td>
                      <td>{toFigureText(figures.predictionAccuracy, "share")}</td>
                      <td>{toFigureText(figures.falsePositiveRate, "share")}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scroll>
          )}
        </Panel>
        <Panel title="Fairness" note="each segment against all others">
          {evaluation.fairness.length === 0 ? (
            <p class="soft">No segment has ten outcomes yet.</p>
          ) : (
            <Scroll label="Fairness">
              <table>
                <thead>
                  <tr>
                    <th scope="col">Segment</th>
                    <th scope="col">Recall gap</th>
                    <th scope="col">Mean score gap</th>
                  </tr>
                </thead>
                <tbody>
                  {evaluation.fairness.map(({ segment, recall, meanScore }) => (
                    <tr>
                      <th scope="row">{segment.replace(":", ": ")}</th>
                      <td>
                        {recall.gap === null
                          ? "too few outcomes"
                          : `${toSigned(recall.gap * 100)} points`}
                        {recall.isNotable && <strong> notable</strong>}
                      </td>
                      <td>
                        {meanScore.gap === null ? "–" : `${toSigned(meanScore.gap)} points`}
                        {meanScore.isNotable && <strong> notable</strong>}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scroll>
          )}
        </Panel>
      </div>
      <div class="columns">
        <Panel title="Suggested weights" note="a person decides">
          {weights.status === "ok" ? (
            <>
              <dl class="facts">
                {Object.entries(weights.weights).map(([key, weight]) => (
                  <>
                    <dt>{key.replaceAll("_", " ")}</dt>
                    <dd>{toPercent(weight)}</dd>
                  </>
                ))}
              </dl>
              <footer>
                <a
                  class="button"
                  href={`/dashboard/model/edit?preview=1&${new URLSearchParams(
                    Object.fromEntries(
                      Object.entries(weights.weights).map(([key, weight]) => [
                        `weight-${key}`,
                        toTenth(weight * 100),
                      ]),
                    ),
                  )}`}
                >
                  Try these weights
                </a>
              </footer>
            </>
          ) : (
            <p class="soft">
              {weights.status === "too-few-outcomes"
                ? `${weights.n} outcomes are too few to suggest anything.`
                : "The outcomes say nothing about the weights."}
            </p>
          )}
        </Panel>
        <Panel title="Suggested lines" note="at most 30 % false alarms">
          {thresholds.healthyFrom ? (
            <p>
              Healthy from {toTenth(thresholds.healthyFrom.threshold)}: finds{" "}
              {toPercent(thresholds.healthyFrom.recall)} of those that leave, with{" "}
              {toPercent(thresholds.healthyFrom.falseAlarmShare)} false alarms.
            </p>
          ) : (
            <p class="soft">
              {thresholds.status === "not-reachable"
                ? "No line keeps to that budget."
                : "Too few outcomes to suggest lines."}
            </p>
          )}
        </Panel>
      </div>
    </div>
  );
};
