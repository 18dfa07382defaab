import type { Tier } from "@telltale/protocol";
import type { FC } from "hono/jsx";
import { toCompact } from "../format.ts";
import { TIER_WORDS, TIERS } from "../ui/tier.tsx";
import { Twin } from "./twin.tsx";
import { YAxis } from "./y-axis.tsx";

/** One column: a word and how many accounts of each tier it has. */
export interface StackedColumn {
  label: string;
  counts: Partial<Record<Tier, number>>;
}

interface StackedColumnsProps {
  /** Says what is to be seen, for those who don't see it. */
  label: string;
  columns: StackedColumn[];
  /** Words under the axis, spread over its width. */
  axis: string[];
  /** `share`: every column is as high as the plot. */
  scale: "count" | "share";
  tiers?: readonly Tier[];
}

const HEIGHT = 150;
const WIDTH = 10;
const GAP = 1.6;

const sumOf = (column: StackedColumn, tiers: readonly Tier[]): number =>
  tiers.reduce((sum, tier) => sum + (column.counts[tier] ?? 0), 0);

/** Columns of tiers, drawn on the server; the lowest part is the most urgent tier. */
export const StackedColumns: FC<StackedColumnsProps> = ({
  label,
  columns,
  axis,
  scale,
  tiers = TIERS,
}) => {
  const fromBelow = [...tiers].reverse();
  const largest = Math.max(1, ...columns.map((column) => sumOf(column, tiers)));
  const top = scale === "share" ? "100 %" : toCompact(largest);
  return (
    <figure class="chart">
      <div class="plot">
        <YAxis
          height={HEIGHT}
          words={[
            { y: 0, word: top },
            { y: HEIGHT, word: 0 },
          ]}
        />
        <svg
          class="area"
          role="img"
          aria-label={label}
          height={HEIGHT}
          viewBox={`0 0 ${columns.length * WIDTH} 100`}
          preserveAspectRatio="none"
        >
          <path
            class="grid"
            d={`M0 0.5H${columns.length * WIDTH}M0 99.5H${columns.length * WIDTH}`}
          />
          {/* Firefox would read each part as an image of its own; the table has them all. */}
          <svg aria-hidden="true">
            {columns.map((column, at) => {
              const sum = sumOf(column, tiers);
              const unit = 100 / (scale === "share" ? Math.max(1, sum) : largest);
              let y = 100;
              return fromBelow.map((tier) => {
                const count = column.counts[tier] ?? 0;
                if (count === 0) return null;
                const height = count * unit;
                y -= height;
                return (
                  <rect
                    class={`fill-${tier}`}
                    x={at * WIDTH + GAP / 2}
                    y={y.toFixed(2)}
                    width={WIDTH - GAP}
                    height={height.toFixed(2)}
                  >
                    <title>{`${column.label}: ${count} ${TIER_WORDS[tier].toLowerCase()}`}</title>
                  </rect>
                );
              });
            })}
          </svg>
        </svg>
        <div class="x-axis" aria-hidden="true">
          {axis.map((word) => (
            <span>{word}</span>
          ))}
        </div>
      </div>
      <ul class="legend">
        {tiers.map((tier) => (
          <li>
            <svg class="swatch" viewBox="0 0 1 1" aria-hidden="true">
              <rect class={`fill-${tier}`} width="1" height="1" />
            </svg>
            {TIER_WORDS[tier]}
          </li>
        ))}
      </ul>
      <Twin
        caption={label}
        head={["", ...tiers.map((tier) => TIER_WORDS[tier])]}
        rows={columns.map((column) => [
          column.label,
          ...tiers.map((tier) => column.counts[tier] ?? 0),
        ])}
      />
    </figure>
  );
};
