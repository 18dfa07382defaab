import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { useTestDatabase } from "../../test/database.ts";
import { NOW, openSource } from "../../test/sources.ts";
import { watchSources } from "./watch-sources.ts";

const test = useTestDatabase();

describe("a generic source", () => {
  const mapping = {
    list: "answers",
    account: { by: "user", path: "who.id" },
    signals: [
      {
        kind: "response",
        measure: "nps",
        value: "score",
        userId: "who.id",
        text: "why",
        at: "when",
      },
    ],
  };

  it("reads Standard Webhooks by its mapping", async () => {
    const { send, secret, responses } = await openSource(test.database, "generic", {
      secret: undefined,
      mapping,
    });
    const body = JSON.stringify({
      answers: [{ who: { id: "ada" }, score: 3, why: "Exports", when: "2026-10-30T10:00:00Z" }],
    });
    const headers = {
      "webhook-id": "m1",
      "webhook-timestamp": String(NOW / 1000),
      "webhook-signature": new Webhook(secret).sign("m1", new Date(NOW), body),
    };
    expect((await send(body, headers)).body).toMatchObject({ accepted: 1 });
    expect(await responses()).toEqual([
      { measure: "nps", value: 3, value_100: 30, text: "Exports" },
    ]);
  });

  it("imports a CSV of renewals and seats, row by row, twice without harm", async () => {
    const { call, app, secretKey, id, observations, outcomes } = await openSource(
      test.database,
      "generic",
      {
        mapping: {
          account: { by: "id", path: "Account" },
          signals: [
            { kind: "observation", series: "seats", value: "Seats", at: "Date" },
            {
              kind: "outcome",
              path: "Result",
              values: { won: "renewed", lost: "churned" },
              at: "Date",
            },
          ],
        },
      },
    );
    const csv =
      '\uFEFFAccount,Seats,Result,Date\nacme,12,won,2026-09-01\n,3,won,2026-09-01\n"beta, inc",x,lost,2026-09-02\n';
    for (let i = 0; i < 2; i++) {
      const response = await app.request(`/v1/sources/${id}/csv`, {
        method: "POST",
        body: csv,
        headers: { authorization: `Bearer ${secretKey}`, "content-type": "text/csv" },
      });
      expect(await response.json()).toMatchObject({
        rows: 3,
        accepted: 3,
        rejected: [{ index: 1, detail: expect.stringMatching(/^gives nothing: its account/) }],
      });
    }
    expect(await observations()).toEqual([{ account_id: "acme", series: "seats", value: 12 }]);
    expect((await outcomes()).map((row) => row.kind).sort()).toEqual(["churned", "renewed"]);
    expect((await call("DELETE", `/v1/sources/${id}`)).status).toBe(204);
  });

  it("passes over rows whose word no outcome has, and lists a thousand that it cannot read", async () => {
    const { app, secretKey, id, outcomes } = await openSource(test.database, "generic", {
      mapping: {
        account: { by: "id", path: "Account" },
        signals: [{ kind: "outcome", path: "Stage", values: { Won: "renewed" }, at: "Closed" }],
      },
    });
    const deals = ["acme,Won,2026-09-01", "acme,Negotiation,", "beta,,", "acme,Won,soon"];
    deals.push("acme,constructor,2026-09-01", "acme,__proto__,2026-09-01");
    const nameless = Array.from({ length: 1_200 }, () => ",Won,2026-09-01");
    const response = await app.request(`/v1/sources/${id}/csv`, {
      method: "POST",
      body: ["Account,Stage,Closed", ...deals, ...nameless].join("\n"),
      headers: { authorization: `Bearer ${secretKey}`, "content-type": "text/csv" },
    });
    const { rejected, ...counts } = await response.json();
    expect(counts).toEqual({
      rows: 1_206,
      accepted: 1,
      ignored: 4,
      unmatched: 0,
      rejectedCount: 1_201,
    });
    expect(rejected).toHaveLength(1_000);
    expect(rejected.slice(0, 2).map(({ index }: { index: number }) => index)).toEqual([3, 6]);
    expect(await outcomes()).toMatchObject([{ kind: "renewed" }]);
  });

  it("says once that it is late", async () => {
    const { heartbeat, time, projectId } = await openSource(test.database, "generic", {
      mapping,
      expectedEveryHours: 24,
    });
    const { sql } = test.database;
    const watch = () => watchSources(sql, projectId, new Date(time.now).toISOString());
    expect(await watch()).toBe(0);
    time.now += 24 * 3_600_000;
    expect([await watch(), await watch()]).toEqual([1, 0]);
    expect(await heartbeat()).toMatchObject({ heartbeat: "late" });
    const [message] = await sql`SELECT body FROM webhook_messages WHERE project_id = ${projectId}`;
    expect(JSON.parse(message?.body)).toMatchObject({
      type: "data.incident",
      data: { kind: "source_late" },
    });
  });
});
