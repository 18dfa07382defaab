import type { AccountHealth, Tier, WebhookAccountData, WebhookMessage } from "@telltale/protocol";
import { describe, expect, it } from "vitest";
import { useTestDatabase } from "../../test/database.ts";
import { openProject } from "../../test/project.ts";
import { onScoreWritten, type ScoreChange } from "./on-score-written.ts";

const test = useTestDatabase();
const AT = "2026-11-01T00:00:00.000Z";

function health(score: number | null, tier: Tier, sequence: number): AccountHealth {
  return {
    accountId: "acme",
    score,
    tier,
    confidence: 0.9,
    coverage: 1,
    band: null,
    baseline: 60,
    asOf: AT,
    modelVersion: "m1",
    normsVersion: "n1",
    components: [],
    drivers: [
      {
        key: "satisfaction",
        kind: "component",
        label: "Satisfaction",
        contribution: -12,
        sentence: "Satisfaction −12: 3 low answers",
      },
      { key: "usage", kind: "component", label: "Usage", contribution: -4, sentence: "Usage −4" },
    ],
    change: { days7: null, days30: null },
    sequence,
  };
}

async function opened() {
  const project = await openProject(test.database);
  const { sql } = test.database;
  let sequence = 0;
  let last: { score: number | null; tier: Tier } | null = null;
  const change = (score: number | null, tier: Tier): ScoreChange => ({
    projectId: project.projectId,
    account: { id: "acme", name: "Acme", externalIds: { salesforce: "001" } },
    previous: last,
    current: health(score, tier, ++sequence),
    link: "http://127.0.0.1:4700/accounts/acme",
    at: new Date(Date.parse(AT) + sequence * 60_000).toISOString(),
  });
  return {
    ...project,
    change,
    async write(score: number | null, tier: Tier) {
      const next = change(score, tier);
      await sql.begin((tx) => onScoreWritten(tx, next));
      last = { score, tier };
    },
    async messages() {
      const rows = await sql<{ body: string }[]>`
        SELECT body FROM webhook_messages WHERE project_id = ${project.projectId}
        ORDER BY created_at, id`;
      return rows.map((row) => JSON.parse(row.body) as WebhookMessage<WebhookAccountData>);
    },
    alerts: () => sql`
      SELECT level, status, summary FROM alerts WHERE project_id = ${project.projectId}
      ORDER BY opened_at`,
  };
}

describe("onScoreWritten", () => {
  it("says nothing while the score stays within a point", async () => {
    const { write, messages } = await opened();
    await write(80.1, "healthy");
    await write(80.4, "healthy");
    await write(79.6, "healthy");
    const scores = (await messages()).map(({ type, data }) => [type, data.score]);
    expect(scores).toEqual([["account.score_changed", 80.1]]);
  });

  it("opens one alert, raises it, and resolves it with the account", async () => {
    const { write, messages, alerts } = await opened();
    await write(82, "healthy");
    await write(60, "at_risk");
    expect(await alerts()).toMatchObject([{ level: "outreach", status: "open" }]);
    await write(30, "critical");
    await write(55, "at_risk");
    await write(80, "healthy");
    expect(await alerts()).toMatchObject([{ status: "resolved" }]);
    const sent = (await messages()).filter(({ type }) => type.startsWith("alert."));
    expect(sent.map(({ type, data }) => [type, data.alert?.level, data.alert?.status])).toEqual([
      ["alert.opened", "outreach", "open"],
      ["alert.escalated", "intervene", "open"],
      ["alert.resolved", "outreach", "resolved"],
    ]);
    expect(sent[0]?.data).toMatchObject({
      account: { id: "acme", externalIds: { salesforce: "001" } },
      score: 60,
      previousScore: 82,
      tier: "at_risk",
      previousTier: "healthy",
      sequence: 2,
      playbook: { key: "satisfaction_decline", ownerRole: "cs_lead" },
    });
    expect(sent[0]?.data.playbook?.message).toContain("• Satisfaction −12: 3 low answers");
  });

  it("neither opens nor resolves anything when the score is lost", async () => {
    const { write, alerts } = await opened();
    await write(60, "healthy");
    await write(null, "unknown");
    expect(await alerts()).toEqual([]);
    await write(35, "critical");
    await write(null, "unknown");
    expect(await alerts()).toMatchObject([{ level: "intervene", status: "open" }]);
  });

  it("F31 leaves no trace when its transaction fails", async () => {
    const { write, change, messages, alerts } = await opened();
    await write(82, "healthy");
    const failing = test.database.sql.begin(async (tx) => {
      await onScoreWritten(tx, change(30, "critical"));
      throw new Error("the disk is full");
    });
    await expect(failing).rejects.toThrow("the disk is full");
    expect(await alerts()).toEqual([]);
    expect(await messages()).toHaveLength(1);
  });
});
