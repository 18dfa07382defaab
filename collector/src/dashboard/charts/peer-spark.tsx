import type { FC } from "hono/jsx";
import { toQuantity } from "../format.ts";

const HEIGHT = 100;

interface PeerSparkProps {
  name: string;
  unit: string;
  /** Oldest first; gaps stay gaps. */
  values: (number | null)[];
  /** Where the middle half of the peers stands; null when there are none. */
  band: { p25: number; p75: number } | null;
}

/** A signal's own past as a line, over the band of its peers. */
export const PeerSpark: FC<PeerSparkProps> = ({ name, unit, values, band }) => {
  const known = values.filter((value) => value !== null);
  const all = [...known, ...(band ? [band.p25, band.p75] : [])];
  if (known.length === 0) return <span class="soft">–</span>;
  const low = Math.min(...all);
  const spread = Math.max(...all) - low || 1;
  const yOf = (value: number): number => HEIGHT - ((value - low) / spread) * HEIGHT;
  const peers = band
    ? `; the middle half of the peers has ${toQuantity(band.p25, unit)} to ${toQuantity(band.p75, unit)}`
    : "";
  const past = values.map((value) => (value === null ? "unknown" : toQuantity(value, unit)));
  return (
    <svg
      class="spark peer-spark"
      role="img"
      aria-label={`${name}, week by week: ${past.join(", ")}${peers}`}
      viewBox={`0 -6 ${values.length - 1} ${HEIGHT + 12}`}
      preserveAspectRatio="none"
    >
      {band && (
        <rect
          class="peers"
          width={values.length - 1}
          y={yOf(band.p75).toFixed(1)}
          height={Math.max(2, yOf(band.p25) - yOf(band.p75)).toFixed(1)}
        />
      )}
      <path class="line" d={toPath(values, yOf)} />
    </svg>
  );
};

function toPath(values: (number | null)[], yOf: (value: number) => number): string {
  let path = "";
  values.forEach((value, at) => {
    if (value === null) return;
    const isOpen = at > 0 && values[at - 1] !== null;
    path += `${isOpen ? "L" : "M"}${at} ${yOf(value).toFixed(1)}`;
    // A lone point shows as a short dash.
    if (!isOpen && values[at + 1] == null) path += at === 0 ? "h0.4" : "m-0.4 0h0.4";
  });
  return path;
}
