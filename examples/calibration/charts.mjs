const WIDTH = 520;
const HEIGHT = 274;
const LEFT = 48;
const TOP = 30;
const innerWidth = WIDTH - LEFT - 24;
const innerHeight = HEIGHT - TOP - 40;
const x = (share) => LEFT + share * innerWidth;
const y = (share) => TOP + (1 - share) * innerHeight;

const TICKS = [0, 0.25, 0.5, 0.75, 1];

/** The scale below a chart whose x is a share or a score. */
const scaleBelow = (toText) =>
  TICKS.map(
    (tick) => `<text x="${x(tick)}" y="${y(0) + 15}" text-anchor="middle">${toText(tick)}</text>`,
  ).join("");

const percent = (share) => `${Math.round(share * 100)} %`;

function frame(title, xLabel, yLabel, marks) {
  const grid = TICKS.map(
    (tick) => `<line class="grid" x1="${x(0)}" x2="${x(1)}" y1="${y(tick)}" y2="${y(tick)}"/>
      <text x="${x(0) - 6}" y="${y(tick) + 4}" text-anchor="end">${percent(tick)}</text>`,
  );
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">
    ${grid.join("")}${marks}
    <text x="${x(0.5)}" y="${HEIGHT - 6}" text-anchor="middle">${xLabel}</text>
    <text x="4" y="10">${yLabel}</text></svg>`;
}

/** Predicted against observed churn; on the diagonal a probability means what it says. */
export function calibrationChart(bins) {
  const marks = bins.map((bin) => {
    const [low, high] = bin.interval ?? [bin.observed, bin.observed];
    return `<line class="bar" x1="${x(bin.predicted)}" x2="${x(bin.predicted)}" y1="${y(low)}" y2="${y(high)}"/>
      <circle class="dot" cx="${x(bin.predicted)}" cy="${y(bin.observed)}" r="4"><title>n = ${bin.n}</title></circle>`;
  });
  const diagonal = `<line class="guide" x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}"/>`;
  return frame(
    "Calibration",
    "predicted churn",
    "observed churn",
    [scaleBelow(percent), diagonal, ...marks].join(""),
  );
}

/** Weights of two models, side by side. */
export function weightsChart(rows) {
  const step = innerWidth / rows.length;
  const bars = rows.map(({ label, before, after }, index) => {
    const left = LEFT + index * step;
    const bar = (value, at, name) =>
      `<rect class="${name}" x="${left + at * step}" width="${step * 0.34}" y="${y(value)}" height="${innerHeight * value}"><title>${label}: ${(value * 100).toFixed(0)} %</title></rect>`;
    return `${bar(before, 0.12, "before")}${bar(after, 0.5, "after")}
      <text x="${left + step / 2}" y="${y(0) + 15}" text-anchor="middle">${label}</text>`;
  });
  return frame("Weights", "before and after", "weight", bars.join(""));
}

/** What each line for flags would find, and how many of its flags would stay. */
export function thresholdChart(curve) {
  const path = (pick) =>
    curve.map((point) => `${x(point.threshold / 100)},${y(pick(point))}`).join(" ");
  const marks = `<polyline class="after" points="${path((point) => point.recall)}"/>
    <polyline class="before" points="${path((point) => point.falseAlarmShare)}"/>
    <text x="${x(0.02)}" y="${y(0.92)}">solid: churn found · dashed: flags that stayed</text>`;
  return frame(
    "Thresholds",
    "score below which an account is flagged",
    "share",
    scaleBelow((share) => 100 * share) + marks,
  );
}
