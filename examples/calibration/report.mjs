import { mkdir, writeFile } from "node:fs/promises";
import { calibrationChart, thresholdChart, weightsChart } from "./charts.mjs";

const STYLE = `:root{color-scheme:light dark}body{font:16px/1.6 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}
svg{width:100%;height:auto;font:12px system-ui,sans-serif}svg text{fill:currentColor}.grid{stroke:#8884}.guide{stroke:#888;stroke-dasharray:4}
.bar{stroke:#3b4fd8;stroke-width:2}.dot{fill:#3b4fd8}rect.before{fill:#9aa3b5}rect.after{fill:#3b4fd8}polyline{fill:none;stroke-width:2.5}
polyline.after{stroke:#3b4fd8}polyline.before{stroke:#9aa3b5;stroke-dasharray:6 4}table{border-collapse:collapse}td,th{text-align:left;padding:.2rem 1rem .2rem 0;border-bottom:1px solid #8884}`;

const FIGURES = {
  predictionAccuracy: "Prediction accuracy (churn that was flagged)",
  falsePositiveRate: "False positive rate (flags that stayed)",
  areaUnderCurve: "Area under the curve",
  coverage: "Coverage",
  leadTimeDays: "Lead time, days",
};

function figuresTable(before, after) {
  const cell = ({ value, interval, status }) =>
    value === null
      ? status
      : `${value.toFixed(2)}${interval ? ` (${interval.map((bound) => bound.toFixed(2)).join(" – ")})` : ""}`;
  const rows = Object.entries(FIGURES).map(
    ([name, label]) =>
      `<tr><td>${label}</td><td>${cell(before.overall[name])}</td><td>${cell(after.overall[name])}</td></tr>`,
  );
  return `<table><thead><tr><th>95 % intervals in brackets</th><th>default</th><th>calibrated</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

/** Writes the page with all that was found, and returns its path. */
export async function writeReport({ backtest, calibration, before, after, outcomes }) {
  const weights = before.components.map((component, index) => ({
    label: component.label,
    before: component.weight,
    after: after.components[index].weight,
  }));
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Calibration</title><style>${STYLE}</style>
<h1>From a history to a calibrated model</h1>
<p>${outcomes.n} outcomes, ${outcomes.churned} of them churn; everything measured ${backtest.horizonDays} days before.</p>
<h2>Old and new on the same history</h2>${figuresTable(backtest.published, backtest.draft)}
<h2>Weights</h2>${weightsChart(weights)}
<h2>Where to draw the line</h2>${thresholdChart(calibration.thresholds.curve)}
<h2>Does a probability mean what it says?</h2>${calibrationChart(backtest.draft.calibrationCurve)}</html>`;
  const folder = new URL("./out/", import.meta.url);
  await mkdir(folder, { recursive: true });
  await writeFile(new URL("report.html", folder), page);
  return new URL("report.html", folder).pathname;
}
