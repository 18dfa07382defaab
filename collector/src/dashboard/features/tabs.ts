/** The pages about features. */
export const FEATURE_TABS = [
  { href: "/dashboard/features", word: "Adoption and friction" },
  { href: "/dashboard/features/roadmap", word: "What accounts ask for" },
] as const;
