import type { FC } from "hono/jsx";

/** A small line of numbers; gaps stay gaps. The newest value stands beside it as text. */
export const Spark: FC<{ values: (number | null)[]; max?: number; label: string }> = ({
  values,
  max,
  label,
}) => {
  const top = Math.max(max ?? 0, ...values.map((value) => value ?? 0)) || 1;
  let path = "";
  let isOpen = false;
  values.forEach((value, at) => {
    if (value === null) {
      isOpen = false;
      return;
    }
    path += `${isOpen ? "L" : "M"}${at} ${(100 - (100 * value) / top).toFixed(1)}`;
    // A lone point shows as a short dash.
    if (!isOpen && values[at + 1] == null) path += "h0.4";
    isOpen = true;
  });
  return (
    <svg
      class="spark"
      role="img"
      aria-label={label}
      viewBox={`0 -4 ${Math.max(1, values.length - 1)} 108`}
      preserveAspectRatio="none"
    >
      <path class="line" d={path} />
    </svg>
  );
};
