import type { InterventionSuccess, SuccessFigure } from "@telltale/scoring";
import type { FC } from "hono/jsx";
import { toCount, toPercent, toSigned } from "../format.ts";
import { Empty, Panel } from "../ui/parts.tsx";
import { Table } from "../ui/table.tsx";

const LEAST_PAIRS = 10;

/** What acting on alerts brought, against accounts like them that nobody touched. */
export type Effect = InterventionSuccess & { returnDays: number };

function toVerdict({ interval }: SuccessFigure): string {
  if (interval[0] > 0) return "better than leaving them alone";
  return interval[1] < 0 ? "worse than leaving them alone" : "could be chance";
}

interface Line {
  label: string;
  figure: SuccessFigure | null;
}

const Difference: FC<{ figure: SuccessFigure | null }> = ({ figure }) =>
  figure ? (
    <>
      <strong>{toSigned(figure.difference * 100)} points</strong>
      {` (${toSigned(figure.interval[0] * 100)} to ${toSigned(figure.interval[1] * 100)})`}
      <span class="soft small block">{toVerdict(figure)}</span>
    </>
  ) : (
    <span class="soft">fewer than {LEAST_PAIRS} pairs to compare</span>
  );

/** A share of a figure, where there is one. */
const toShare = (share: number | undefined): string =>
  share === undefined ? "" : toPercent(share);

/** Getting better by itself is no success: the worst get better by themselves. */
export const EffectPanel: FC<{ effect: Effect }> = ({ effect }) => {
  const { treated, untouched, returnDays, backToHealthy, retained } = effect;
  return (
    <Panel
      title="Does acting help?"
      id="effect"
      note={`${toCount(treated, "account")} acted on, ${untouched} untouched, in a year`}
    >
      {backToHealthy === null && retained === null ? (
        <Empty title="Too early to tell" icon="clock">
          It takes {LEAST_PAIRS} accounts whose alert ended with “We talked to them” or “The cause
          is fixed”, each with a like account that nobody touched, and {returnDays} days to see what
          became of them. So far: {treated} and {untouched}.
        </Empty>
      ) : (
        <>
          <Table<Line>
            label="Accounts that were acted on, against like ones that were not"
            rows={[
              { label: `Healthy within ${returnDays} days`, figure: backToHealthy },
              { label: "Stayed", figure: retained },
            ]}
            columns={[
              { head: "What became of them", cell: ({ label }) => label },
              { head: "Acted on", kind: "number", cell: ({ figure }) => toShare(figure?.treated) },
              {
                head: "Untouched",
                kind: "number",
                cell: ({ figure }) => toShare(figure?.untouched),
              },
              {
                head: "Difference",
                help: "In brackets: the 95 % interval.",
                cell: ({ figure }) => <Difference figure={figure} />,
              },
              { head: "Pairs", kind: "number", cell: ({ figure }) => figure?.pairs },
            ]}
          />
          <p class="soft small">
            Each account is paired with the untouched one that is most like it in score, age and
            value when its alert opened. Nobody drew lots, so other differences may remain.
          </p>
        </>
      )}
    </Panel>
  );
};
