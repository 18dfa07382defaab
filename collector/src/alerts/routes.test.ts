import { describe, expect, it } from "vitest";
import { DAY, iso, NOW, openAlerts } from "../../test/alerts.ts";
import { useTestDatabase } from "../../test/database.ts";

const test = useTestDatabase();
const NOWHERE = "0190a0a0-0000-7000-8000-000000000000";

describe("/v1/alerts", () => {
  it("acknowledges, assigns, snoozes and resolves with an outcome that spends a contact", async () => {
    const { account, alert, call, projectId, time } = await openAlerts(test.database);
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
    const [until, later] = [iso(NOW + DAY), iso(NOW + 2 * DAY)];
    await act("snooze", { until });
    expect(await act("snooze", { until: later, note: "They are at a fair" })).toMatchObject({
      status: "snoozed",
      snoozes: [
        { at: iso(NOW), until, note: null, by: null },
        { at: iso(NOW), until: later, note: "They are at a fair", by: null },
      ],
    });
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
    const mine = await openAlerts(test.database);
    const other = await openAlerts(test.database);
    await mine.account("acme");
    const { id } = await mine.alert("acme");
    const acts = {
      acknowledge: { assignee: "eve" },
      assign: { assignee: "eve" },
      snooze: { until: iso(NOW + DAY) },
      resolve: { outcome: "fixed" },
    };
    for (const [verb, body] of Object.entries(acts)) {
      const path = `/v1/alerts/${id}/${verb}`;
      expect([verb, (await other.call("POST", path, body)).status]).toEqual([verb, 404]);
    }
    expect((await other.call("GET", `/v1/alerts/${id}`)).status).toBe(404);
    expect((await mine.call("GET", `/v1/alerts/${NOWHERE}`)).status).toBe(404);
    expect((await other.call("GET", "/v1/alerts")).body.data).toEqual([]);
  });

  it("keeps the latest twenty snoozes of an alert", async () => {
    const { account, alert, call } = await openAlerts(test.database);
    await account("acme");
    const { id } = await alert("acme");
    const snooze = (note: string) =>
      call("POST", `/v1/alerts/${id}/snooze`, { until: iso(NOW + DAY), note });
    for (let time = 1; time <= 22; time++) await snooze(`${time}`);
    const { snoozes } = (await call("GET", `/v1/alerts/${id}`)).body;
    const notes = snoozes.map(({ note }: { note: string }) => Number(note));
    expect(notes).toEqual(Array.from({ length: 20 }, (_, at) => at + 3));
  });

  it("pages through alerts, newest first", async () => {
    const { account, alert, call } = await openAlerts(test.database);
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
    const { account, alert, call } = await openAlerts(test.database);
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
});
