import type { Sql } from "../src/db/client.ts";

/** Something of each kind in the demo's project, for the pages about one thing. */
interface DemoIds {
  alert: string;
  survey: string;
  endpoint: string;
  experiment: string;
}

/** Every page of the dashboard, with what makes its rarer parts show. */
export const toDashboardPaths = ({ alert, survey, endpoint, experiment }: DemoIds): string[] => [
  "/dashboard",
  "/dashboard?q=nobody-has-this-name",
  "/dashboard/accounts/northwind-studio",
  "/dashboard/accounts/northwind-studio/pulse",
  "/dashboard/alerts",
  `/dashboard/alerts/${alert}`,
  "/dashboard/alerts/noise",
  "/dashboard/alerts/rules",
  "/dashboard/alerts/rules/new",
  "/dashboard/alerts/rules/new?kind=tier",
  "/dashboard/alerts/rules/sudden-drop?try=1",
  "/dashboard/alerts/experiments",
  "/dashboard/alerts/experiments/new",
  `/dashboard/alerts/experiments/${experiment}`,
  "/dashboard/alerts/playbooks",
  "/dashboard/alerts/playbooks/new",
  "/dashboard/alerts/playbooks/adoption_gap",
  "/dashboard/pulses",
  "/dashboard/review",
  "/dashboard/features",
  "/dashboard/features/roadmap?whose=all&tag=sso",
  "/dashboard/features/roadmap/requests",
  "/dashboard/surveys",
  `/dashboard/surveys/${survey}?audience=1`,
  `/dashboard/surveys/combined?survey=${survey}&days=365`,
  "/dashboard/surveys/new",
  "/dashboard/surveys/new?form=1&kind-1=choice&kind-2=rating&languages=de&trigger=event",
  `/dashboard/surveys/combined?survey=${survey}`,
  `/dashboard/surveys/${survey}/edit`,
  "/dashboard/model",
  "/dashboard/model/edit?preview=1&weight-usage=90",
  "/dashboard/model/versions/default.1",
  "/dashboard/model/scenario?signal-active_days=-30",
  "/dashboard/model/scenario?account=northwind-studio",
  "/dashboard/model/report",
  "/dashboard/model/ideas",
  "/dashboard/data",
  "/dashboard/data/install",
  "/dashboard/data/live",
  "/dashboard/data/rejected",
  "/dashboard/data/webhooks",
  `/dashboard/data/webhooks/${endpoint}`,
  "/dashboard/data/keys",
  "/dashboard/data/privacy",
  "/dashboard/data/project",
  "/dashboard/people",
  "/dashboard/people/you",
  "/dashboard/people/audit",
];

/** {@link toDashboardPaths} for what a database has. */
export async function findDashboardPaths(sql: Sql): Promise<string[]> {
  const [ids] = await sql<DemoIds[]>`
    SELECT (SELECT id FROM alerts LIMIT 1) AS alert, (SELECT id FROM surveys LIMIT 1) AS survey,
      (SELECT id FROM webhook_endpoints LIMIT 1) AS endpoint,
      (SELECT key FROM rule_experiments LIMIT 1) AS experiment`;
  if (!ids || Object.values(ids).includes(null)) throw new Error("the demo is not there yet");
  return toDashboardPaths(ids);
}
