/** The pages about the model. */
export const MODEL_TABS = [
  { href: "/dashboard/model", word: "In force" },
  { href: "/dashboard/model/edit", word: "Edit" },
  { href: "/dashboard/model/scenario", word: "Scenario" },
  { href: "/dashboard/model/report", word: "Report" },
  { href: "/dashboard/model/ideas", word: "Backlog" },
] as const;
