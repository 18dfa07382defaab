/** The pages about alerts. */
export const ALERT_TABS = [
  { href: "/dashboard/alerts", word: "Inbox" },
  { href: "/dashboard/review", word: "Weekly review" },
  { href: "/dashboard/alerts/rules", word: "Rules" },
  { href: "/dashboard/alerts/experiments", word: "Experiments" },
  { href: "/dashboard/alerts/playbooks", word: "Playbooks" },
  { href: "/dashboard/alerts/noise", word: "Noise and effect" },
  { href: "/dashboard/pulses", word: "Disagreements" },
] as const;
