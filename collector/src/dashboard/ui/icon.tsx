import type { FC } from "hono/jsx";

/** Paths of a 24 × 24 grid, drawn as lines. */
const PATHS = {
  book: "M4 5.5A1.5 1.5 0 0 1 5.5 4H20v16H5.5A1.5 1.5 0 0 1 4 18.5zM4 18.5A1.5 1.5 0 0 1 5.5 17H20M8.5 8.5h7",
  bell: "M6 16V11a6 6 0 1 1 12 0v5l1.5 2h-15zM10 20.5h4",
  shapes: "M4 20h16M6.5 20V10M12 20V4M17.5 20v-7",
  speech: "M4 5h16v11H11l-4 4v-4H4zM8 9h8M8 12h5",
  sliders: "M4 7h9M17 7h3M4 17h3M11 17h9M15 4.5v5M9 14.5v5",
  pulse: "M3 12h4l3-7 4 14 3-7h4",
  people:
    "M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM3 20c.4-3.6 2.7-5.5 6-5.5s5.6 1.9 6 5.5M16 4.9a3.3 3.3 0 0 1 0 6.2M18 14.9c1.8.8 2.8 2.500 3 5.1",
  check: "M20 12a8 8 0 1 1-16 0 8 8 0 0 1 16 0zM8.500 12.300l2.400 2.400 4.600-5",
  warn: "M12 4l9 16H3zM12 10v4M12 17v.2",
  stop: "M8.300 3.500h7.400l4.800 4.800v7.400l-4.800 4.800H8.300l-4.800-4.800V8.300zM9 9l6 6M15 9l-6 6",
  question:
    "M20 12a8 8 0 1 1-16 0 8 8 0 0 1 16 0zM9.800 9.800a2.200 2.200 0 1 1 3.200 2c-.7.4-1 .8-1 1.600M12 16.200v.2",
  up: "M12 19V5M5.500 11.500L12 5l6.500 6.500",
  down: "M12 5v14M5.500 12.500L12 19l6.500-6.500",
  same: "M5 12h14",
  search: "M10.500 17a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13zM15.500 15.500L20 20",
  clock: "M20 12a8 8 0 1 1-16 0 8 8 0 0 1 16 0zM12 7.500V12l3 2",
  info: "M20 12a8 8 0 1 1-16 0 8 8 0 0 1 16 0zM12 11v5M12 8v.2",
  inbox: "M4 13l2.500-8h11L20 13v6H4zM4 13h4.500l1.500 2.500h4l1.500-2.500H20",
  download: "M12 4v11M7 10.500l5 5 5-5M5 20h14",
} as const;

export type IconName = keyof typeof PATHS;

/** A line drawing beside a word; screen readers skip it. */
export const Icon: FC<{ name: IconName }> = ({ name }) => (
  <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d={PATHS[name]} />
  </svg>
);
