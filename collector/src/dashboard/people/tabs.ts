/** The pages about the people of the dashboard. */
export const PEOPLE_TABS = [
  { href: "/dashboard/people", word: "People" },
  { href: "/dashboard/people/you", word: "You" },
  { href: "/dashboard/people/audit", word: "Audit log" },
] as const;
