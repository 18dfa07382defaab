import { call, checkKey } from "./api.mjs";
import { readHistory } from "./history.mjs";
import { writeReport } from "./report.mjs";

const accounts = Number(process.env.ACCOUNTS ?? 120);
const days = Number(process.env.DAYS ?? 240);
const HORIZON_DAYS = 30;
const BATCH = 500;

checkKey();

console.log(`1. Import the history of ${accounts} accounts`);
const outcomes = [];
let events = 0;
for (const { messages, outcome } of readHistory({ accounts, days })) {
  for (let start = 0; start < messages.length; start += BATCH) {
    const { rejected } = await call("POST", "/v1/batch", {
      batch: messages.slice(start, start + BATCH),
    });
    if (rejected.length > 0) throw new Error(`rejected: ${rejected[0].detail}`);
  }
  events += messages.length;
  if (outcome) outcomes.push(outcome);
}
await call("POST", "/v1/outcomes", { outcomes });
console.log(`   ${events} events, ${outcomes.length} outcomes`);

console.log("2. Ask what the model in force knew before the outcomes");
await call("POST", "/v1/score", {});
const { data: models } = await call("GET", "/v1/models");
const current = models.find((model) => model.isCurrent);
const query = `?horizonDays=${HORIZON_DAYS}`;
const { evaluation } = await call("GET", `/v1/models/${current.version}/evaluation${query}`);
const area = evaluation.overall.areaUnderCurve;
console.log(`   area under the curve ${area.value?.toFixed(3) ?? area.status}`);

console.log("3. Ask for better weights and bounds");
const calibration = await call("GET", `/v1/models/${current.version}/calibration${query}`);
if (calibration.weights.status !== "ok")
  throw new Error(`no suggestion: ${calibration.weights.status}`);

console.log("4. Draft a model with them, and backtest it");
const { document } = await call("GET", `/v1/models/${current.version}`);
const version = `calibrated.${Date.now()}`;
const { healthyFrom, criticalBelow } = calibration.thresholds;
const draft = {
  ...document,
  version,
  name: "Calibrated",
  calibratedAt: new Date().toISOString(),
  components: document.components.map((component) => ({
    ...component,
    weight: calibration.weights.weights[component.key] ?? 0,
  })),
  tiers: {
    ...document.tiers,
    ...(healthyFrom && { healthyFrom: healthyFrom.threshold }),
    ...(criticalBelow && { criticalBelow: criticalBelow.threshold }),
  },
};
const why = {
  author: "examples/calibration",
  rationale: "Weights and bounds as the outcomes suggest.",
};
await call("POST", "/v1/models", { document: draft, ...why });
const backtest = await call("POST", `/v1/models/${version}/backtest${query}`);
console.log(`   ${backtest.isWorse ? `worse by ${backtest.worseBy.join(", ")}` : "not worse"}`);

console.log("5. Publish it");
const worseReason = backtest.isWorse ? { worseReason: "An example; it shows the whole way." } : {};
await call("POST", `/v1/models/${version}/publish`, { ...why, ...worseReason });

const report = await writeReport({
  backtest,
  calibration,
  before: document,
  after: draft,
  outcomes: backtest.published.outcomes,
});
console.log(`6. Pictures: ${report}`);
