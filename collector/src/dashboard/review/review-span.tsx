import type { FC } from "hono/jsx";

/** What a review can look back on, and how each is said. */
const SPANS = [
  { days: 1, link: "Since yesterday", within: "in a day", before: "yesterday" },
  { days: 7, link: "7 days", within: "in seven days", before: "a week ago" },
  { days: 30, link: "30 days", within: "in 30 days", before: "30 days ago" },
] as const;

export type ReviewSpan = (typeof SPANS)[number];

/** A week, unless one of the others is asked for. */
export const parseReviewSpan = (asked: string | undefined): ReviewSpan =>
  SPANS.find(({ days }) => String(days) === asked) ?? SPANS[1];

/** Looks back on less, or more. */
export const ReviewSpans: FC<{ span: ReviewSpan }> = ({ span }) => (
  <nav class="spans" aria-label="How far back">
    {SPANS.map(({ days, link }) => (
      <a href={`?days=${days}`} {...(days === span.days && { "aria-current": "true" })}>
        {link}
      </a>
    ))}
  </nav>
);
