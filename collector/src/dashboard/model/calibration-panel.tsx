import type { Evaluation } from "@telltale/scoring";
import type { FC } from "hono/jsx";
import { CalibrationChart } from "../../models/report/calibration-chart.tsx";
import { Twin } from "../charts/twin.tsx";
import { toPercent } from "../format.ts";
import { Panel } from "../ui/parts.tsx";

/** What scores promised, and what happened. */
export const CalibrationPanel: FC<{
  bins: Evaluation["calibrationCurve"];
  horizonDays: number;
}> = ({ bins, horizonDays }) => (
  <Panel title="Promised and happened" note={`${horizonDays} days before the outcome`}>
    {bins.length === 0 ? (
      <p class="soft">Too few outcomes to say what a score promises.</p>
    ) : (
      <figure class="chart calibration">
        <CalibrationChart bins={bins} />
        <div>
          <p class="soft small">
            Across: the share that the score expects to leave. Up: the share that left, with its 95
            % interval. On the dashed line both agree; above it the score is too kind.
          </p>
          <Twin
            caption="Accounts by the share expected to leave"
            head={["Expected", "Left", "Likely range", "Accounts"]}
            rows={bins.map(({ predicted, observed, interval: [low, high], n }) => [
              toPercent(predicted),
              toPercent(observed),
              `${toPercent(low)} to ${toPercent(high)}`,
              n,
            ])}
          />
        </div>
      </figure>
    )}
  </Panel>
);
