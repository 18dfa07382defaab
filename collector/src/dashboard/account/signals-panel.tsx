import type { AccountHealth, HealthComponent, HealthSignal } from "@telltale/protocol";
import type { FC } from "hono/jsx";
import { PeerSpark } from "../charts/peer-spark.tsx";
import { ScoreBar } from "../charts/score-bar.tsx";
import { toCount, toPercent, toQuantity, toScore, toWhole } from "../format.ts";
import { Panel, When } from "../ui/parts.tsx";
import { Table } from "../ui/table.tsx";
import type { AccountView } from "./read-account.ts";

interface SignalLine {
  component: HealthComponent;
  signal: HealthSignal;
}

/** What was measured, against the account's peers and its own past. */
export const SignalsPanel: FC<{ view: AccountView; health: AccountHealth }> = ({
  view: { peers, pastOf, bounds },
  health,
}) => {
  const lines = health.components.flatMap((component): SignalLine[] =>
    component.signals.map((signal) => ({ component, signal })),
  );
  return (
    <Panel
      title="Signals"
      id="signals"
      note={`the line is its own last 12 weeks, the band the middle half of ${toPeerWords(peers.segment)}`}
    >
      <Table
        label="Signals"
        rows={lines}
        columns={[
          { head: "Signal", class: "name-cell", cell: (line) => <SignalName {...line} /> },
          { head: "Measured", cell: ({ signal }) => <Measured signal={signal} /> },
          {
            head: "0–100",
            help: "What the measured counts as: 0 is worst, 100 is best.",
            kind: "number",
            cell: ({ signal }) => (
              <>
                {toScore(signal.normalized)}
                <ScoreBar score={signal.normalized} tier={tierLike(signal.normalized, bounds)} />
              </>
            ),
          },
          {
            head: "12 weeks and peers",
            class: "chart-cell",
            cell: ({ signal }) => (
              <PeerSpark
                name={signal.label}
                unit={signal.unit}
                values={pastOf(signal.key)}
                band={peers.bands.get(signal.key) ?? null}
              />
            ),
          },
          {
            head: "Peers, and before",
            cell: ({ signal }) => (
              <Comparison
                signal={signal}
                band={peers.bands.get(signal.key) ?? null}
                past={pastOf(signal.key)}
              />
            ),
          },
          {
            head: "Weight",
            kind: "number",
            class: "wide",
            cell: ({ component }) => <Weight component={component} />,
          },
        ]}
      />
    </Panel>
  );
};

const toPeerWords = (segment: string | null): string =>
  segment ? `the peers in ${segment.replace(":", ": ")}` : "all accounts";

const SignalName: FC<SignalLine> = ({ component, signal }) => (
  <>
    {signal.label}
    {component.signals.length > 1 && <span class="soft">{component.label}</span>}
  </>
);

const Measured: FC<{ signal: HealthSignal }> = ({ signal }) => (
  <>
    {signal.value === null
      ? signal.status === "stale"
        ? "too old"
        : "missing"
      : toQuantity(signal.value, signal.unit)}
    <span class="soft small block">
      {signal.value !== null && (
        <span title={`It rests on ${toCount(signal.sampleSize, "observation")} (n)`}>
          from {toWhole(signal.sampleSize)}
        </span>
      )}
      {signal.observedAt && (
        <>
          {signal.value === null ? "last " : ", "}
          <When at={signal.observedAt} />
        </>
      )}
    </span>
  </>
);

const Comparison: FC<{
  signal: HealthSignal;
  band: { p25: number; p75: number } | null;
  past: readonly (number | null)[];
}> = ({ signal: { unit }, band, past }) => {
  const first = past.findIndex((value) => value !== null);
  const before = past[first];
  return (
    <span class="small">
      <span class="nowrap">
        {band
          ? `${toNumber(band.p25, unit)} to ${toNumber(band.p75, unit)}${toPercentWord(unit)}`
          : "no peers"}
      </span>
      {before != null && first < past.length - 1 && (
        <span class="soft block nowrap">
          {toNumber(before, unit)}
          {toPercentWord(unit)}, {toCount(past.length - 1 - first, "week")} ago
        </span>
      )}
    </span>
  );
};

/** The number alone: its unit stands in the column beside it. */
const toNumber = (value: number, unit: string): string =>
  (toQuantity(value, unit).split(" ")[0] ?? "").replace("steady", "0");

const toPercentWord = (unit: string): string =>
  unit.startsWith("share of ") || unit === "log ratio" ? " %" : "";

function tierLike(value: number | null, bounds: AccountView["bounds"]) {
  if (value === null) return "unknown" as const;
  if (value >= bounds.healthyFrom) return "healthy" as const;
  return value < bounds.criticalBelow ? ("critical" as const) : ("at_risk" as const);
}

/** What it weighs where something is missing, and what it was meant to. */
const Weight: FC<{ component: HealthComponent }> = ({ component }) => {
  const [planned, real] = [toPercent(component.weight), toPercent(component.effectiveWeight)];
  return (
    <>
      {real}
      {planned !== real && <span class="soft small block nowrap">of {planned}</span>}
    </>
  );
};
