import { beforeAll, describe, expect, it } from "vitest";
import { createTestCollector, type TestCollector } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";

const test = useTestDatabase();

describe("the routes of outcomes", () => {
  let collector: TestCollector;

  beforeAll(async () => {
    collector = await createTestCollector(test.database);
    const context = { groupId: 42 };
    await collector.send({ type: "track", event: "Login", userId: 7, context });
  });

  const record = async (...outcomes: unknown[]) =>
    (await collector.call("POST", "/v1/outcomes", { outcomes })).json();
  const read = async (accountId: string) =>
    (await (await collector.call("GET", `/v1/outcomes?accountId=${accountId}`)).json()).data;

  it("takes ids, kinds, moments and values as other systems write them", async () => {
    expect(
      await record(
        { accountId: 42, kind: "churned", occurredOn: "2026-01-31" },
        { accountId: "42", kind: "Renewal", occurredOn: "2026-02-01T23:59:59.999-05:00" },
        { accountId: "42", kind: " EXPANDED ", occurredOn: "2026-02-02 10:00", value: "1200.50" },
        { accountId: "42", kind: "contraction", occurredOn: " 2026-02-03 ", value: "" },
      ),
    ).toEqual({ accepted: 4, rejected: [], warnings: [] });
    expect(await read("42")).toEqual([
      { accountId: "42", kind: "churned", occurredOn: "2026-01-31", value: null },
      { accountId: "42", kind: "renewed", occurredOn: "2026-02-01", value: null },
      { accountId: "42", kind: "expanded", occurredOn: "2026-02-02", value: 1200.5 },
      { accountId: "42", kind: "contracted", occurredOn: "2026-02-03", value: null },
    ]);
  });

  it("names the field of a row that it can't take, and what it may be", async () => {
    const good = { accountId: "42", kind: "churned", occurredOn: "2026-03-01" };
    const { rejected } = await record(
      { ...good, occurredOn: "0000-01-01" },
      { ...good, occurredOn: "2026-02-30" },
      { ...good, occurredOn: "01/02/2026" },
      { ...good, occurredOn: undefined },
      { ...good, kind: "left" },
      { ...good, accountId: true },
      { ...good, accountId: "" },
      { ...good, accountId: 2 ** 53 },
      { ...good, value: "a lot" },
      null,
    );
    const details = rejected.map(({ detail }: { detail: string }) => detail);
    const day = "/occurredOn: must be a calendar day such as 2026-01-31";
    expect(details).toEqual([
      "/occurredOn: must be 1970-01-01 or later",
      day,
      day,
      day,
      "/kind: must be one of renewed, churned, expanded, contracted",
      "/accountId: must be text",
      "/accountId: must not be empty",
      "/accountId: is too large a number to keep its digits in JSON: send it as a string",
      "/value: must be a number",
      "the row: must be an object",
    ]);
  });

  it("takes numbers as ids of observations too, and refuses a year that Postgres has not", async () => {
    const given = { accountId: 42, series: "seats", value: 3 };
    const observations = [given, { ...given, observedAt: "0000-01-01" }];
    const answer = await collector.call("POST", "/v1/observations", { observations });
    expect(await answer.json()).toEqual({
      accepted: 1,
      rejected: [{ index: 1, detail: "/observedAt: must be 1970-01-01 or later" }],
    });
  });

  it("keeps an outcome of an account that nobody has heard of, and one in the future, and says so", async () => {
    const kind = "churned";
    const { accepted, warnings } = await record(
      { accountId: "42", kind, occurredOn: "2026-04-01" },
      { accountId: 43, kind, occurredOn: "2026-04-01" },
      { accountId: "42", kind, occurredOn: "2026-06-16" },
      { accountId: "43", kind: "left" },
    );
    expect(accepted).toBe(3);
    expect(warnings).toEqual([
      {
        index: 1,
        detail:
          "account 43 has sent nothing yet: kept, and evaluated once it has. Check the id if events came before.",
      },
      { index: 2, detail: "2026-06-16 is in the future: kept, and evaluated once it has come." },
    ]);
    expect(await read("43")).toHaveLength(1);
  });
});
