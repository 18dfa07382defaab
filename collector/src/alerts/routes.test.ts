import { describe, expect, it } from "vitest";
import { useTestDatabase } from "../../test/database.ts";
import { openProject } from "../../test/project.ts";
import { measureInterventions } from "./interventions.ts";
import { openAlert } from "./open-alert.ts";
import { TIER_RULE } from "./rule.ts";

const test = useTestDatabase();
const NOW = Date.parse("2026-11-01T12:00:00Z");
const DAY = 86_400_000;
const iso = (ms: number) => new Date(ms).toISOString();
const NOWHERE = "0190a0a0-0000-7000-8000-000000000000";

async function opened() {
  const time = { now: NOW };
  const project = await openProject(test.database, () => time.now);
  const { sql } = test.database;
  const { projectId } = project;
  const account = (id: string) => sql`
    INSERT INTO accounts (project_id, account_id, name, created_at, first_seen_at, last_seen_at)
    VALUES (${projectId}, ${id}, ${id}, ${iso(NOW - 400 * DAY)}::timestamptz,
      ${iso(NOW)}::timestamptz, ${iso(NOW)}::timestamptz)`;
  return {
    ...project,
    time,
    account,
    async alert(id: string, at = time.now) {
      const health = {
        accountId: id,
        score: 30,
        tier: "critical",
        confidence: 1,
        coverage: 1,
        band: null,
        baseline: 60,
        asOf: iso(at),
        modelVersion: "m",
        normsVersion: "n",
        components: [],
        drivers: [],
        change: { days7: null, days30: null },
        sequence: 1,
      } as const;
      const change = {
        projectId,
        account: { id, name: id, externalIds: {} },
        previous: { score: 80, tier: "healthy" as const },
        current: { ...health, components: [], drivers: [] },
        link: "http://127.0.0.1/x",
        at: iso(at),
      };
      await sql.begin((tx) =>
        openAlert(tx, change, { rule: TIER_RULE, level: "outreach", summary: `${id} fell` }),
      );
      const { body } = await project.call("GET", `/v1/alerts?accountId=${id}`);
      return body.data[0] as { id: string; status: string };
    },
  };
}

describe("/v1/alerts", () => {
  it("acknowledges, assigns, snoozes and resolves with an outcome that spends a contact", async () => {
    const { account, alert, call, projectId, time } = await opened();
    await account("acme");
    const { id } = await alert("acme");
    const act = async (verb: string, body?: object) =>
      (await call("POST", `/v1/alerts/${id}/${verb}`, body)).body;
    expect(await act("acknowledge", { assignee: "ada" })).toMatchObject({
      status: "acknowledged",
      assignee: "ada",
      acknowledgedAt: iso(NOW),
    });
    expect(await act("assign", { assignee: "grace" })).toMatchObject({ assignee: "grace" });
    expect((await call("POST", `/v1/alerts/${id}/snooze`, { until: iso(NOW - 1) })).status).toBe(
      400,
    );
    expect(await act("snooze", { until: iso(NOW + DAY) })).toMatchObject({ status: "snoozed" });
    time.now += 1_000;
    expect(await act("resolve", { outcome: "contacted", note: "They will train" })).toMatchObject({
      status: "resolved",
      outcome: "contacted",
      note: "They will train",
    });
    expect((await call("POST", `/v1/alerts/${id}/resolve`, { outcome: "fixed" })).status).toBe(409);
    const [contact] = await test.database.sql`
      SELECT channel, cost FROM contacts WHERE project_id = ${projectId}`;
    expect(contact).toEqual({ channel: "outreach", cost: 3 });
  });

  it("shows and changes alerts of this project only", async () => {
    const mine = await opened();
    const other = await opened();
    await mine.account("acme");
    const { id } = await mine.alert("acme");
    for (const verb of ["acknowledge", "assign", "snooze", "resolve"]) {
      const body = { assignee: "eve", until: iso(NOW + DAY), outcome: "fixed" };
      const path = `/v1/alerts/${id}/${verb}`;
      expect([verb, (await other.call("POST", path, body)).status]).toEqual([verb, 404]);
    }
    expect((await other.call("GET", `/v1/alerts/${id}`)).status).toBe(404);
    expect((await mine.call("GET", `/v1/alerts/${NOWHERE}`)).status).toBe(404);
    expect((await other.call("GET", "/v1/alerts")).body.data).toEqual([]);
  });

  it("pages through alerts, newest first", async () => {
    const { account, alert, call } = await opened();
    for (const [at, id] of ["a", "b", "c"].entries()) {
      await account(id);
      await alert(id, NOW + at);
    }
    const first = (await call("GET", "/v1/alerts?limit=2&status=unresolved")).body;
    const second = (await call("GET", `/v1/alerts?limit=2&cursor=${first.nextCursor}`)).body;
    const ids = [...first.data, ...second.data].map((one: { accountId: string }) => one.accountId);
    expect(ids).toEqual(["c", "b", "a"]);
    expect(second.nextCursor).toBeNull();
  });

  it("tells which rule makes noise, and what to do about it", async () => {
    const { account, alert, call } = await opened();
    for (const id of ["a", "b", "c", "d"]) {
      await account(id);
      const { id: alertId } = await alert(id);
      await call("POST", `/v1/alerts/${alertId}/resolve`, { outcome: "false_alarm" });
    }
    await account("e");
    const { id } = await alert("e");
    await call("POST", `/v1/alerts/${id}/resolve`, { outcome: "fixed" });
    const { data } = (await call("GET", "/v1/alerts/noise")).body;
    expect(data).toMatchObject([
      {
        rule: "tier",
        ownerRole: "product_manager",
        alerts: 5,
        alertsPerWeek: 1.3,
        noActionShare: 0.8,
      },
    ]);
    expect(data[0].suggestion).toContain("80 %");
  });

  it("measures interventions against matched untouched accounts", async () => {
    const { account, alert, call, projectId } = await opened();
    for (let i = 0; i < 40; i++) {
      const id = `acme-${String(i).padStart(2, "0")}`;
      await account(id);
      const { id: alertId } = await alert(id, NOW - 100 * DAY);
      const isTreated = i % 2 === 0;
      if (isTreated) await call("POST", `/v1/alerts/${alertId}/resolve`, { outcome: "contacted" });
      if (!isTreated && i % 4 === 1) continue;
      await test.database.sql`
        INSERT INTO scores (project_id, account_id, day, score, tier, confidence, coverage, as_of,
          model_version, norms_version, input_hash, sequence, detail)
        VALUES (${projectId}, ${id}, ${iso(NOW - 70 * DAY).slice(0, 10)}::text::date, 80, 'healthy',
          1, 1, now(), 'm', 'n', '', 1, '{}')`;
    }
    const { body } = await call("GET", "/v1/alerts/interventions");
    expect(body).toMatchObject({ treated: 20, untouched: 20, retained: null });
    expect(body.backToHealthy).toMatchObject({
      treated: 1,
      untouched: 0.5,
      difference: 0.5,
      pairs: 20,
    });
    expect(
      await measureInterventions(test.database.sql, projectId, { days: 50, now: NOW }),
    ).toMatchObject({ treated: 0, untouched: 0 });
  });
});

describe("/v1/alert-rules", () => {
  it("starts with the tier rule on and the others off", async () => {
    const { call } = await opened();
    const { data } = (await call("GET", "/v1/alert-rules")).body;
    const on = data.filter((rule: { isEnabled: boolean }) => rule.isEnabled);
    expect(on.map((rule: { key: string }) => rule.key)).toEqual(["tier"]);
    expect(data.length).toBeGreaterThan(5);
  });

  it("creates, changes and deletes a rule, and refuses a bad one with its place", async () => {
    const { call } = await opened();
    const rule = {
      key: "big-drop",
      name: "Big drop",
      trigger: { kind: "drop", points: 25, days: 14 },
      level: "intervene",
    };
    expect((await call("POST", "/v1/alert-rules", rule)).status).toBe(201);
    expect((await call("POST", "/v1/alert-rules", rule)).status).toBe(409);
    const changed = await call("PATCH", "/v1/alert-rules/big-drop", { noticeHours: 48 });
    expect(changed.body).toMatchObject({ noticeHours: 48, level: "intervene", isEnabled: false });
    const bad = await call("POST", "/v1/alert-rules", {
      ...rule,
      trigger: { kind: "drop", points: 0 },
    });
    expect(bad.body.errors.map((error: { pointer: string }) => error.pointer)).toContain(
      "/trigger/points",
    );
    expect((await call("DELETE", "/v1/alert-rules/big-drop")).status).toBe(204);
    expect((await call("GET", "/v1/alert-rules/big-drop")).status).toBe(404);
  });

  it("tries a rule on history: how often, for whom, how many left, how early", async () => {
    const { account, call, projectId } = await opened();
    const day = (daysAgo: number) => iso(NOW - daysAgo * DAY).slice(0, 10);
    for (const [id, from, to] of [
      ["leaver", 90, 50],
      ["keeper", 85, 60],
      ["steady", 80, 79],
    ] as const) {
      await account(id);
      for (let ago = 60; ago > 0; ago--) {
        const score = ago > 40 ? from : to;
        await test.database.sql`
          INSERT INTO scores (project_id, account_id, day, score, tier, confidence, coverage, as_of,
            model_version, norms_version, input_hash, sequence, detail)
          VALUES (${projectId}, ${id}, ${day(ago)}::text::date, ${score}, 'healthy', 1, 1, now(),
            'm', 'n', '', 1, '{}')`;
      }
    }
    await test.database.sql`
      INSERT INTO outcomes (project_id, account_id, occurred_on, kind, recorded_at)
      VALUES (${projectId}, 'leaver', ${day(5)}::text::date, 'churned', now()),
        (${projectId}, 'keeper', ${day(3)}::text::date, 'renewed', now())`;
    const { status, body } = await call("POST", "/v1/alert-rules/dry-run", {
      trigger: { kind: "drop", points: 15, days: 7 },
      noticeHours: 48,
      from: day(60),
      to: day(1),
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      fired: 2,
      accounts: 2,
      followedByChurn: 1,
      followedByRenewal: 1,
      churns: 1,
      churnsCaught: 1,
      medianLeadDays: 33,
    });
    expect(body.alerts).toMatchObject([
      { accountId: expect.any(String), firedOn: day(38), resolvedOn: day(33) },
      { firedOn: day(38) },
    ]);
    expect(
      (await call("POST", "/v1/alert-rules/dry-run", { trigger: body, from: day(1) })).status,
    ).toBe(400);
    const saved = await call("POST", "/v1/alert-rules/sudden-drop/dry-run", { from: day(60) });
    expect(saved.body.fired).toBe(2);
    const [{ count }] = (await test.database.sql`
      SELECT count(*)::int AS count FROM alerts WHERE project_id = ${projectId}`) as [
      { count: number },
    ];
    expect(count).toBe(0);
  });
});

describe("/v1/playbooks", () => {
  it("replaces a default playbook by its pattern, and brings it back", async () => {
    const { call } = await opened();
    const own = {
      name: "Ours",
      ownerRole: "cs_lead",
      dueHours: 8,
      steps: ["Call"],
      message: 'Hello {{ accountName | "there" }}',
      pattern: "satisfaction",
    };
    expect((await call("PUT", "/v1/playbooks/ours", own)).status).toBe(200);
    const keys = async () =>
      (await call("GET", "/v1/playbooks")).body.data.map((one: { key: string }) => one.key);
    expect(await keys()).not.toContain("satisfaction_decline");
    expect((await call("PUT", "/v1/playbooks/rival", own)).status).toBe(409);
    expect((await call("DELETE", "/v1/playbooks/ours")).status).toBe(204);
    expect(await keys()).toContain("satisfaction_decline");
    expect((await call("DELETE", "/v1/playbooks/adoption_gap")).status).toBe(404);
  });

  it("refuses a template that names what does not exist", async () => {
    const { call } = await opened();
    const { status, body } = await call("PUT", "/v1/playbooks/bad", {
      name: "Bad",
      ownerRole: "x",
      dueHours: 1,
      steps: ["x"],
      message: "{{ password }} {{ accountName",
    });
    expect(status).toBe(400);
    expect(body.errors.every((error: { pointer: string }) => error.pointer === "/message")).toBe(
      true,
    );
    expect(body.errors).toHaveLength(2);
  });
});
