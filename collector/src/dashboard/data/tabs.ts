/** The pages about data. */
export const DATA_TABS = [
  { href: "/dashboard/data", word: "Sources" },
  { href: "/dashboard/data/install", word: "Install" },
  { href: "/dashboard/data/live", word: "Live events" },
  { href: "/dashboard/data/rejected", word: "Rejected" },
  { href: "/dashboard/data/webhooks", word: "Webhooks" },
  { href: "/dashboard/data/keys", word: "Keys" },
  { href: "/dashboard/data/privacy", word: "Privacy" },
  { href: "/dashboard/data/project", word: "Project" },
] as const;
