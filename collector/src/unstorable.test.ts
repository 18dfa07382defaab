import { describe, expect, it } from "vitest";
import { createTestCollector } from "../test/collector.ts";
import { useTestDatabase } from "../test/database.ts";
import { findUnstorable } from "./unstorable.ts";

const test = useTestDatabase();

describe("what no database can hold", () => {
  it("is found in texts and keys, wherever they stand", () => {
    const value = { a: ["fine", "a\0b", { "k\0": 1, half: "\ud83d" }], n: null, "💥": "💥", u: 1 };
    expect(findUnstorable(value)).toEqual([
      ["a", "1"],
      ["a", "2"],
      ["a", "2", "half"],
    ]);
    expect(findUnstorable("\0")).toEqual([[]]);
  });

  it("is refused by name, in bodies, queries and paths", async () => {
    const { call } = await createTestCollector(test.database);
    const steps = ["Call", "a\0b"];
    const rest = { ownerRole: "csm", dueHours: 4, message: "", pattern: null, exit: null };
    const rule = { key: "k", level: "monitor", trigger: { kind: "drop", points: 9, days: 7 } };
    const asked: [string, string, unknown, string[]][] = [
      ["PUT", "/v1/playbooks/mine", { name: "\ud83d", steps, ...rest }, ["/name", "/steps/1"]],
      ["POST", "/v1/alert-rules", { ...rule, name: "a\0b" }, ["/name"]],
      ["GET", "/v1/accounts?q=%00", undefined, ["/q"]],
      ["GET", "/v1/accounts/a%00b", undefined, ["/id"]],
    ];
    for (const [method, path, body, pointers] of asked) {
      const answer = await call(method, path, body);
      const { errors } = await answer.json();
      expect([path, answer.status, errors?.map((one: { pointer: string }) => one.pointer)]).toEqual(
        [path, 400, pointers],
      );
    }
  });

  it("is a fault of its row where rows are checked one by one", async () => {
    const { call } = await createTestCollector(test.database);
    const row = { series: "seats", value: 1 };
    const observations = [
      { ...row, accountId: "a\0b" },
      { ...row, accountId: "acme" },
    ];
    const answer = await (await call("POST", "/v1/observations", { observations })).json();
    expect(answer).toMatchObject({ accepted: 1, rejected: [{ index: 0 }] });
  });
});
