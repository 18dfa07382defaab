import { afterAll, beforeAll } from "vitest";
import { type DashboardBrowser, openDashboard, until } from "./dashboard-browser.ts";
import { alertKeeperJobs } from "./dashboard-jobs/alert-keeper.ts";
import { byKeyboard } from "./dashboard-jobs/by-keyboard.ts";
import { csLeadJobs } from "./dashboard-jobs/cs-lead.ts";
import { developerJobs } from "./dashboard-jobs/developer.ts";
import { everyPage } from "./dashboard-jobs/every-page.ts";
import { productManagerJobs } from "./dashboard-jobs/product-manager.ts";
import { surveyJobs } from "./dashboard-jobs/survey-maker.ts";
import { withoutScripts } from "./dashboard-jobs/without-scripts.ts";

let dashboard: DashboardBrowser;
const open = (): DashboardBrowser => dashboard;

beforeAll(async () => {
  dashboard = await openDashboard("demo");
  await until("the simulated book to be stored and scored", async () => {
    const rows = await dashboard.database.sql`
      SELECT 1 FROM projects WHERE settings ->> 'isDemoStored' = 'true'`;
    return rows.length > 0;
  });
  // The demo has everything but this one.
  await dashboard.rest("POST", "/v1/rule-experiments", {
    key: "call-early",
    name: "Call early?",
    variants: [
      { key: "a", share: 1, rule: null },
      { key: "b", share: 1, rule: "sudden-drop" },
    ],
  });
});

afterAll(async () => {
  await dashboard?.close();
});

// One book for all of them: what it takes to simulate it is most of their time.
csLeadJobs(open);
alertKeeperJobs(open);
productManagerJobs(open);
surveyJobs(open);
developerJobs(open);
withoutScripts(open);
byKeyboard(open);
everyPage(open);
