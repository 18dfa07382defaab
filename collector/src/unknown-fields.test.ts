import { describe, expect, it } from "vitest";
import { createTestCollector } from "../test/collector.ts";
import { useTestDatabase } from "../test/database.ts";

const test = useTestDatabase();

const RULE = {
  key: "falls",
  name: "Falls",
  level: "monitor",
  trigger: { kind: "drop", points: 9, days: 7 },
};

describe("a field that nothing reads", () => {
  it("is refused by name, wherever it stands, with the one that it must have meant", async () => {
    const { call } = await createTestCollector(test.database);
    const trigger = { ...RULE.trigger, dais: 3 };
    const refused = await call("POST", "/v1/alert-rules", {
      ...RULE,
      trigger,
      xyzzy: 1,
      coolDownHour: 1,
    });
    expect(refused.status).toBe(400);
    expect((await refused.json()).errors).toEqual([
      { pointer: "/trigger/dais", detail: "is no field here. Did you mean days?" },
      { pointer: "/xyzzy", detail: "is no field here." },
      { pointer: "/coolDownHour", detail: "is no field here. Did you mean coolDownHours?" },
    ]);
  });

  it("may be one of the answer: what was read can be sent back changed", async () => {
    const { call } = await createTestCollector(test.database);
    const made = await (await call("POST", "/v1/alert-rules", RULE)).json();
    const changed = await call("PATCH", "/v1/alert-rules/falls", { ...made, name: "Falls fast" });
    expect(changed.status).toBe(200);
    expect((await changed.json()).name).toBe("Falls fast");
    const refused = await call("PATCH", "/v1/alert-rules/falls", { nam: "Falls" });
    expect((await refused.json()).errors[0].detail).toMatch("Did you mean name?");
  });

  it("is passed over where clients of other versions and of others speak", async () => {
    const { call, send } = await createTestCollector(test.database);
    await send({ type: "track", event: "x", userId: "ann", extra: 1 });
    const row = { accountId: "acme", series: "seats", value: 1, column: "of an export" };
    const kept = await call("POST", "/v1/observations", { observations: [row] });
    expect(await kept.json()).toMatchObject({ accepted: 1 });
  });
});
