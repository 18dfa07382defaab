import { beforeAll, describe, expect, it } from "vitest";
import { DAY, NOW, openAlerts } from "../../test/alerts.ts";
import { signOwnerIn, visit } from "../../test/dashboard-visitor.ts";
import { useTestDatabase } from "../../test/database.ts";

const test = useTestDatabase();

interface Line {
  action: string;
  target: string;
  change: Record<string, { before?: unknown; after?: unknown }> | null;
}

describe("what people do on the dashboard, in the audit log", () => {
  let project: Awaited<ReturnType<typeof openAlerts>>;
  let cookie: string;
  /** Sends a form and gives the line that it leaves. */
  const act = async (path: string, form: Record<string, string>): Promise<Line> => {
    const answer = await visit(project, path, { cookie, form });
    expect([path, answer.status]).toEqual([path, 303]);
    return (await project.call("GET", "/v1/audit-log?limit=1")).body.data[0];
  };

  beforeAll(async () => {
    project = await openAlerts(test.database);
    cookie = await signOwnerIn({ app: project.app, clock: () => NOW }, test.database);
  });

  it("an alert has what each action changed of it", async () => {
    await project.account("acme");
    const { id } = await project.alert("acme");
    const at = `/dashboard/alerts/${id}`;
    expect(await act(`${at}/acknowledge`, {})).toMatchObject({
      action: "alert.acknowledged",
      target: id,
      change: { status: { before: "open", after: "acknowledged" }, assignee: { before: null } },
    });
    const assigned = await act(`${at}/assign`, { assignee: "Grace" });
    expect(assigned.change?.assignee).toMatchObject({ after: "Grace" });
    expect(Object.keys(assigned.change ?? {})).toEqual(["assignee"]);
    const until = new Date(NOW + 3 * DAY).toISOString();
    const snoozed = await act(`${at}/snooze`, { days: "3", why: "They are at a fair" });
    expect(snoozed.change).toMatchObject({
      status: { before: "acknowledged", after: "snoozed" },
      snoozedUntil: { before: null, after: until },
      snoozes: { after: [{ until, note: "(not shown)" }] },
    });
    expect(await (await visit(project, at, { cookie })).text()).toContain("They are at a fair");
    expect(await act(`${at}/steps`, { "step-1": "done" })).toMatchObject({
      action: "playbook.progressed",
      change: { doneSteps: { before: [], after: [2] } },
    });
    expect((await act(`${at}/resolve`, { outcome: "fixed" })).change).toMatchObject({
      status: { before: "snoozed", after: "resolved" },
      outcome: { before: null, after: "fixed" },
    });
  });

  it("a model has what was drafted of it, found and published", async () => {
    const drafted = await act("/dashboard/model/drafts", {
      "weight-usage_trend": "5",
      rationale: "It cried wolf.",
    });
    expect(drafted).toMatchObject({
      action: "model.drafted",
      change: { rationale: { after: "It cried wolf." }, components: {} },
    });
    const at = `/dashboard/model/versions/${encodeURIComponent(drafted.target)}`;
    expect((await act(`${at}/backtest`, {})).change).toMatchObject({ isWorse: { after: false } });
    const published = await act(`${at}/publish`, { rationale: "It cried wolf." });
    expect(published).toMatchObject({
      action: "model.published",
      target: drafted.target,
      change: {
        status: { before: "draft", after: "published" },
        effectiveAt: { before: null, after: new Date(NOW).toISOString() },
      },
    });
  });

  it("the project has the limits of surveys by tag that it had, and has", async () => {
    const form = { "limit-2-tag": " Research", "limit-2-prompts": "1", "limit-2-days": "90" };
    const limits = [{ tag: "research", prompts: 1, days: 90 }];
    expect(await act("/dashboard/surveys/limits", form)).toMatchObject({
      action: "project.changed",
      change: { promptLimits: { before: [], after: limits } },
    });
    const page = await visit(project, "/dashboard/surveys", { cookie });
    expect(await page.text()).toMatch(/id="limit-1-tag"[^>]* value="research"/);
    expect((await act("/dashboard/surveys/limits", {})).change).toMatchObject({
      promptLimits: { before: limits, after: [] },
    });
  });

  it("an idea about the score has what was noted, and what became of it", async () => {
    const noted = await act("/dashboard/model/ideas", {
      title: "Weigh exports",
      why: "They stay.",
    });
    expect(noted.action).toBe("model_idea.created");
    expect(Object.keys(noted.change ?? {})).toEqual(["title", "author"]);
    const at = `/dashboard/model/ideas/${noted.target}`;
    const answered = await act(at, { status: "done", answer: "In calmer.2." });
    expect(answered).toMatchObject({
      action: "model_idea.answered",
      target: noted.target,
      change: { status: { after: "done" } },
    });
    expect(Object.keys(answered.change ?? {})).toEqual(["status", "answeredBy"]);
    const page = await (await visit(project, "/dashboard/model/ideas", { cookie })).text();
    expect(page).toContain("In calmer.2.");
    const document = await visit(project, "/dashboard/model/changelog.md", { cookie });
    expect(await document.text()).toContain("**Weigh exports**");
  });
});
