import type { FC } from "hono/jsx";
import { Choice } from "../ui/field.tsx";

const DAY_MS = 86_400_000;

/** Stretches of time that results can be looked at for. */
const SPANS = { 7: "7 days", 30: "30 days", 90: "90 days", 180: "180 days", 365: "a year" };

export const DEFAULT_DAYS = 90;

/** @returns days, one of those that are offered */
export const parseDays = (given: string | undefined): number =>
  given !== undefined && Object.hasOwn(SPANS, given) ? Number(given) : DEFAULT_DAYS;

/** The stretch of so many days that ends now, ISO 8601. */
export const toSpan = (days: number, now: number): { from: string; to: string } => ({
  from: new Date(now - days * DAY_MS).toISOString(),
  to: new Date(now + 1).toISOString(),
});

/** Which stretch of time is looked at; what else is in the address comes along. */
export const SpanForm: FC<{ path: string; days: number; others?: [string, string][] }> = ({
  path,
  days,
  others = [],
}) => (
  <form class="inline-form" method="get" action={path}>
    {others.map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
    <Choice
      name="days"
      label="The last"
      value={String(days)}
      words={Object.fromEntries(Object.entries(SPANS))}
      input={{ "data-send": true }}
    />
    <button type="submit">Show</button>
  </form>
);
