import type { FC } from "hono/jsx";
import type { ModelReport } from "../../models/report/make-report.ts";
import type { ReportState } from "../../models/report/request-report.ts";
import { toCount, toPercent } from "../format.ts";
import { Icon } from "../ui/icon.tsx";
import { Notice } from "../ui/notice.tsx";
import { Empty, PageHead, Panel, When } from "../ui/parts.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { CalibrationPanel } from "./calibration-panel.tsx";
import { FigureTable } from "./figures.tsx";
import { FairnessPanel, SegmentsPanel } from "./segment-panels.tsx";
import { AuditPanel, SuggestedLines, SuggestedWeights } from "./suggestion-panels.tsx";
import { MODEL_TABS } from "./tabs.ts";

/** Whether the score is right: against what became of the accounts. */
export const ReportPage: FC<{ state: ReportState; canCompute: boolean }> = ({
  state,
  canCompute,
}) => {
  const { report, status } = state;
  const isBusy = status === "waiting" || status === "running";
  return (
    <>
      <PageHead
        title="Report"
        note={
          report ? (
            <>
              Model <code>{report.version}</code>, against what became of the accounts, made{" "}
              <When at={report.madeAt} />
            </>
          ) : (
            "Whether the score is right, against what became of the accounts."
          )
        }
      >
        {report && (
          <a class="button" href="/dashboard/model/report/document">
            To print or send
          </a>
        )}
        {canCompute && !isBusy && (
          <form method="post" action="/dashboard/model/report">
            <button type="submit" class={report ? "" : "primary"}>
              {report ? "Make it anew" : "Make the report"}
            </button>
          </form>
        )}
      </PageHead>
      <Tabs label="Model" tabs={MODEL_TABS} current="/dashboard/model/report" />
      <div {...(isBusy && { "data-live": "/dashboard/model/report" })}>
        <Progress state={state} />
        {report ? <Report report={report} /> : !isBusy && <NoReport />}
      </div>
    </>
  );
};

const Progress: FC<{ state: ReportState }> = ({ state: { status, done, total, failure } }) => {
  if (status === "failed") {
    return <Notice kind="bad">The report could not be made: {failure}</Notice>;
  }
  if (status === "waiting" || status === "running") {
    return (
      <p class="notice" role="status">
        <Icon name="clock" />
        <span>
          The report is being made in the background
          {total > 0 && `: ${toPercent(done / total)} done`}. It appears here by itself; you may go
          on meanwhile.
        </span>
      </p>
    );
  }
  return null;
};

const NoReport: FC = () => (
  <Panel title="Calibration">
    <Empty title="No report yet" icon="sliders">
      It needs outcomes: which accounts renewed, and which left, sent with{" "}
      <code>POST /v1/outcomes</code> or <code>telltale import</code>. Under ten of each it says so
      instead of a figure.
    </Empty>
  </Panel>
);

const Report: FC<{ report: ModelReport }> = ({ report }) => {
  const { evaluations, calibration, audit } = report;
  const main = evaluations.find((one) => one.horizonDays === calibration.horizonDays);
  if (!main) return <NoReport />;
  const { outcomes, segments, calibrationCurve } = main.evaluation;
  return (
    <div class="stack">
      <Panel
        title="Figures"
        note={`${toCount(outcomes.n, "outcome")}: ${outcomes.churned} left, ${outcomes.stayed} stayed`}
      >
        <FigureTable
          columns={evaluations.map(({ horizonDays, evaluation }) => ({
            word: `${horizonDays} days before`,
            figures: evaluation.overall,
          }))}
        />
      </Panel>
      <CalibrationPanel bins={calibrationCurve} horizonDays={main.horizonDays} />
      <div class="columns">
        <SegmentsPanel segments={segments} />
        <FairnessPanel fairness={main.fairness} />
      </div>
      <div class="columns">
        <SuggestedWeights weights={calibration.weights} />
        <SuggestedLines thresholds={calibration.thresholds} />
      </div>
      <AuditPanel audit={audit} />
    </div>
  );
};
