import type { Evaluation, Figure, SegmentFairness, SignalAudit } from "@telltale/scoring";
import { raw } from "hono/html";
import type { Child, FC } from "hono/jsx";
import type { ModelCalibration } from "../evaluate-model.ts";
import { CalibrationChart } from "./calibration-chart.tsx";
import { FIGURE_WORDS, toFigureWords } from "./figure-words.ts";
import type { ModelReport } from "./make-report.ts";
import { REPORT_STYLE } from "./report-style.ts";

const percent = (share: number): string => `${Math.round(share * 100)} %`;
const points = (value: number): string => `${value > 0 ? "+" : ""}${value.toFixed(1)} points`;
const readable = (key: string): string => key.replaceAll("_", " ").replace(":", ": ");

/** A report as a document of its own: to print, to send, to keep. */
export const ReportDocument: FC<{ report: ModelReport; projectName: string; nonce?: string }> = ({
  report,
  projectName,
  nonce,
}) => {
  const { version, madeAt, evaluations, calibration, audit } = report;
  const main = evaluations.find((one) => one.horizonDays === calibration.horizonDays);
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`Health model ${version}: does it work?`}</title>
        <style nonce={nonce}>{raw(REPORT_STYLE)}</style>
      </head>
      <body>
        <h1>Does the health score work?</h1>
        <p class="soft">
          {projectName}, model {version}, made {madeAt.slice(0, 16).replace("T", " ")} UTC
        </p>
        {main && <Summary evaluation={main.evaluation} />}
        <h2>Figures</h2>
        <p class="soft">
          Everything is measured as it was known so many days before each outcome. In brackets: 95 %
          intervals.
        </p>
        <FigureTable
          columns={evaluations.map(({ horizonDays, evaluation }) => ({
            word: `${horizonDays} days before`,
            figures: evaluation.overall,
          }))}
        />
        {main && <Calibration bins={main.evaluation.calibrationCurve} />}
        {main && <Segments segments={main.evaluation.segments} fairness={main.fairness} />}
        <Suggestions calibration={calibration} />
        <Audit audit={audit} />
      </body>
    </html>
  );
};

const Summary: FC<{ evaluation: Evaluation }> = ({ evaluation: { outcomes, overall } }) => {
  const { predictionAccuracy, falsePositiveRate, leadTimeDays } = overall;
  return (
    <p>
      {outcomes.n} outcomes: {outcomes.churned} accounts left and {outcomes.stayed} stayed.{" "}
      {predictionAccuracy.value === null || falsePositiveRate.value === null
        ? "That is too few to judge the score: at least ten of each are needed."
        : `Sixty days ahead the score had flagged ${percent(predictionAccuracy.value)} of those that left; ` +
          `${percent(falsePositiveRate.value)} of its flags stayed.`}
      {leadTimeDays.value !== null &&
        ` The first flag came ${Math.round(leadTimeDays.value)} days before the end (median).`}
    </p>
  );
};

const Table: FC<{ head: string[]; children: Child }> = ({ head, children }) => (
  <div class="scroll">
    <table>
      <thead>
        <tr>
          {head.map((word) => (
            <th scope="col">{word}</th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </div>
);

const FigureTable: FC<{ columns: { word: string; figures: Evaluation["overall"] }[] }> = ({
  columns,
}) => (
  <Table head={["Figure", ...columns.map(({ word }) => word)]}>
    {FIGURE_WORDS.map(({ key, word, meaning, unit }) => (
      <tr>
        <th scope="row">
          {word}
          <span>{meaning}</span>
        </th>
        {columns.map(({ figures }) => (
          <FigureCell figure={figures[key]} unit={unit} />
        ))}
      </tr>
    ))}
  </Table>
);

const FigureCell: FC<{
  figure: Figure;
  unit: "share" | "number" | "days";
  children?: Child;
}> = ({ figure, unit, children }) => {
  const { value, range } = toFigureWords(figure, unit);
  return (
    <td>
      {value}
      {children}
      {range && <span>{range}</span>}
    </td>
  );
};

const Calibration: FC<{ bins: Evaluation["calibrationCurve"] }> = ({ bins }) =>
  bins.length === 0 ? null : (
    <>
      <h2>What a score promises, and what happened</h2>
      <CalibrationChart bins={bins} />
      <Table head={["Scores", "Accounts", "Expected to leave", "Left"]}>
        {bins.map(({ from, to, n, predicted, observed, interval: [low, high] }) => (
          <tr>
            <th scope="row">
              {from.toFixed(0)} to {to.toFixed(0)}
            </th>
            <td>{n}</td>
            <td>{percent(predicted)}</td>
            <td>
              {percent(observed)}
              <span>
                {percent(low)} to {percent(high)}
              </span>
            </td>
          </tr>
        ))}
      </Table>
    </>
  );

const Segments: FC<{ segments: Evaluation["segments"]; fairness: SegmentFairness[] }> = ({
  segments,
  fairness,
}) => {
  const gaps = new Map(fairness.map((one) => [one.segment, one]));
  const names = Object.keys(segments);
  if (names.length === 0) return null;
  return (
    <>
      <h2>By segment, sixty days before</h2>
      <p class="soft">
        A gap compares a segment with everybody else; <strong class="note">notable</strong> means
        that it is no accident and large enough to matter.
      </p>
      <Table
        head={["Segment", "Outcomes", "Prediction accuracy", "False alarms", "Mean score gap"]}
      >
        {names.map((name) => {
          const { n, churned, figures } = segments[name] as Evaluation["segments"][string];
          const gap = gaps.get(name);
          return (
            <tr>
              <th scope="row">{readable(name)}</th>
              <td>
                {n}, {churned} left
              </td>
              <FigureCell figure={figures.predictionAccuracy} unit="share">
                {gap?.recall.isNotable && <strong class="note"> notable</strong>}
              </FigureCell>
              <FigureCell figure={figures.falsePositiveRate} unit="share">
                {gap?.falseAlarms.isNotable && <strong class="note"> notable</strong>}
              </FigureCell>
              <td>
                {gap?.meanScore.gap == null ? "–" : points(gap.meanScore.gap)}
                {gap?.meanScore.isNotable && <strong class="note"> notable</strong>}
              </td>
            </tr>
          );
        })}
      </Table>
    </>
  );
};

const Suggestions: FC<{ calibration: ModelCalibration }> = ({
  calibration: { weights, thresholds },
}) => (
  <>
    <h2>What the outcomes suggest</h2>
    {weights.status === "ok" ? (
      <>
        <p>
          Weights that would have told them apart better. A person decides; nothing changes by
          itself.
          {weights.areas?.present != null &&
            ` Cross-validated AUC ${weights.areas.suggested.toFixed(3)}, today ${weights.areas.present.toFixed(3)}.`}
        </p>
        <Table head={["Component", "Suggested weight"]}>
          {Object.entries(weights.weights).map(([key, weight]) => (
            <tr>
              <th scope="row">{readable(key)}</th>
              <td>{percent(weight)}</td>
            </tr>
          ))}
        </Table>
      </>
    ) : (
      <p>
        {weights.status === "no-information"
          ? "The outcomes say nothing about the weights."
          : `${weights.n} outcomes are too few to suggest weights.`}
      </p>
    )}
    <p>
      {thresholds.healthyFrom
        ? `With ${toLine(thresholds.healthyFrom.threshold)} as the line below which accounts are flagged, ` +
          `${percent(thresholds.healthyFrom.recall)} of those that left are found, and ` +
          `${percent(thresholds.healthyFrom.falseAlarmShare)} of the flags stay.`
        : "No line keeps to 30 % false alarms on these outcomes."}
    </p>
  </>
);

const toLine = (threshold: number): string => threshold.toFixed(1);

const Audit: FC<{ audit: SignalAudit[] }> = ({ audit }) => (
  <>
    <h2>What each signal is worth</h2>
    <Table head={["Signal", "Accounts", "AUC alone, 60 days before", "Goes with", "Without it"]}>
      {audit.map(({ key, n, areaUnderCurve, closest, withoutIt }) => (
        <tr>
          <th scope="row">{readable(key)}</th>
          <td>{n}</td>
          <td>{areaUnderCurve === null ? "too few outcomes" : areaUnderCurve.toFixed(2)}</td>
          <td>
            {closest ? `${readable(closest.key)} (ρ ${closest.correlation.toFixed(2)})` : "–"}
            {closest?.isRedundant && <strong class="note"> says the same</strong>}
          </td>
          <td>
            {withoutIt.tierChanges} change tier, {withoutIt.unknown} lose their score
            {/* Reports that were made before it was counted do not have it. */}
            {withoutIt.mostMove !== undefined &&
              `, the others move by ${withoutIt.mostMove.toFixed(0)} points at most`}
          </td>
        </tr>
      ))}
    </Table>
  </>
);
