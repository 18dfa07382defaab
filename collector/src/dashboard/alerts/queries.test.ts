import { expect, it } from "vitest";
import { DAY, iso, NOW, openAlerts } from "../../../test/alerts.ts";
import { useTestDatabase } from "../../../test/database.ts";
import type { InboxSort } from "./inbox-filter.ts";
import { findInbox } from "./queries.ts";

const test = useTestDatabase();

it("orders the inbox by what presses, by value, by what is due and by age", async () => {
  const { sql } = test.database;
  const { account, alert, call, projectId } = await openAlerts(test.database);
  const add = async (id: string, value: number | null, dueInDays: number, level = "outreach") => {
    await account(id);
    await alert(id, NOW - 1_000 * (value ?? 0));
    await sql`UPDATE accounts SET traits = ${JSON.stringify({ arr: value })}::text::jsonb
      WHERE project_id = ${projectId} AND account_id = ${id}`;
    await sql`UPDATE alerts SET level = ${level}, detail = jsonb_set(detail, '{playbook,dueAt}',
      to_jsonb(${iso(NOW + dueInDays * DAY)}::text))
      WHERE project_id = ${projectId} AND account_id = ${id}`;
  };
  await add("late-small", 10, -9);
  await add("late-large", 50, -1);
  await add("large", 90, 1);
  await add("grave", 70, 4, "intervene");
  await add("unpriced", null, 2, "intervene");
  await add("done", 99, -9);
  const [done] = (await call("GET", "/v1/alerts?accountId=done")).body.data;
  await call("POST", `/v1/alerts/${done.id}/resolve`, { outcome: "fixed" });

  const order = async (sort: InboxSort) => {
    const filter = { status: "", level: "", assignee: "", sort } as const;
    const page = { limit: 30, offset: 0, at: iso(NOW) };
    const rows = await findInbox(sql, projectId, filter, page);
    return rows.map(({ accountId }) => accountId || "several").join(" ");
  };
  expect(await order("pressing")).toBe("late-large late-small several grave large unpriced done");
  expect(await order("value")).toBe("several large grave late-large late-small unpriced done");
  expect(await order("due")).toBe("late-small late-large large unpriced several grave done");
  expect(await order("newest")).toBe("unpriced several late-small late-large grave large done");
});
