import type { FC } from "hono/jsx";

/** How far back the history of an account can be looked at, in days. */
const SPANS = [30, 90, 180, 365] as const;

export type HistorySpan = (typeof SPANS)[number];

/** Half a year, unless one of the others is asked for. */
export const parseHistorySpan = (asked: string | undefined): HistorySpan =>
  SPANS.find((span) => String(span) === asked) ?? 180;

/** Looks closer, or further back; what else the address says stays. */
export const HistorySpans: FC<{ span: HistorySpan; days: { from: string; to: string } }> = ({
  span,
  days,
}) => (
  <nav class="spans" aria-label="How far back">
    {SPANS.map((one) => (
      <a href={toHref(one, days)} {...(one === span && { "aria-current": "true" })}>
        {one === 365 ? "1 year" : `${one} days`}
      </a>
    ))}
  </nav>
);

function toHref(span: HistorySpan, { from, to }: { from: string; to: string }): string {
  const query = new URLSearchParams({ span: String(span), ...(from && to && { from, to }) });
  return `?${query}#history`;
}
