/** The pages about alerts. */
export const ALERT_TABS = [
  { href: "/dashboard/alerts", word: "Inbox" },
  { href: "/dashboard/review", word: "Weekly review" },
  { href: "/dashboard/alerts/rules", word: "Rules" },
  { href: "/dashboard/alerts/playbooks", word: "Playbooks" },
  { href: "/dashboard/alerts/noise", word: "Noise and effect" },
] as const;
