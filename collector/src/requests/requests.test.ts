import type { SurveyStep } from "@telltale/protocol";
import { beforeEach, describe, expect, it } from "vitest";
import { createTestCollector, type TestCollector } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";
import { findWaiting } from "../../test/find-waiting.ts";
import { addSurvey, claim, grantedId, sendSurveyEvent } from "../../test/surveys.ts";

const test = useTestDatabase();

const choice: SurveyStep = {
  id: "missing",
  kind: "choice",
  prompt: "What is missing?",
  options: [
    { value: "sso", label: "Single sign-on", tag: "single sign-on" },
    { value: "none", label: "Nothing" },
  ],
  isMultiple: true,
  hasOther: true,
};

describe("what accounts ask for", () => {
  let collector: TestCollector;
  const get = async (path: string) => (await collector.call("GET", path)).json();
  const record = (...requests: Record<string, unknown>[]) =>
    collector.call("POST", "/v1/requests", { requests });

  /** An account in a tier, without the engine. */
  async function addAccount(id: string, tier: string, value: number): Promise<void> {
    const traits = { contract_value: value };
    await collector.send({ type: "group", userId: `${id} user`, groupId: id, traits });
    await test.database.sql`
      INSERT INTO account_health (project_id, account_id, tier, tier_state, tier_since, as_of, sequence)
      VALUES (${collector.projectId}, ${id}, ${tier}, '{}', now(), now(), 1)`;
  }

  beforeEach(async () => {
    collector = await createTestCollector(test.database);
    await addAccount("acme", "critical", 9_000);
    await addAccount("bolt", "healthy", 50_000);
    await addAccount("core", "at_risk", 1_000);
  });

  it("takes the same wishes in any order: two imports at once don't wait for each other in a circle", async () => {
    const { sql } = test.database;
    const [first, second] = [
      "00000000-0000-4000-8000-000000000001",
      "00000000-0000-4000-8000-000000000002",
    ];
    const wishes = [first, second].map((id) => ({ id, accountId: "acme", text: "Dark mode" }));
    await record(...wishes);
    let recording: Promise<Response> | undefined;
    await sql.begin(async (tx) => {
      const lock = (id = "") => tx`
        SELECT 1 FROM requests WHERE project_id = ${collector.projectId} AND id = ${id}
        FOR UPDATE NOWAIT`;
      await lock(first);
      const [{ pid } = { pid: 0 }] = await tx<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
      recording = record(...wishes.toReversed());
      await expect.poll(() => findWaiting(sql, pid), { timeout: 10_000 }).toHaveLength(1);
      expect(await lock(second)).toHaveLength(1);
    });
    expect((await recording)?.status).toBe(200);
  });

  it("weighs tags by the value of the accounts that may leave", async () => {
    await record(
      { accountId: "bolt", text: "Dark mode, please", tags: ["Dark  Mode"] },
      { accountId: "acme", text: "We need SSO", tags: ["sso"] },
      { accountId: "acme", text: "SSO, again", tags: ["sso"] },
      { accountId: "core", text: "SSO and a dark theme", tags: ["sso", "dark mode"] },
      { accountId: "core", text: "Hm" },
    );
    const { data, untagged } = await get("/v1/roadmap");
    expect(data).toMatchObject([
      { tag: "sso", mentions: 3, accounts: 2, atRisk: 2, valueAtRisk: 10_000 },
      { tag: "dark mode", accounts: 2, atRisk: 1, value: 51_000, valueAtRisk: 1_000 },
    ]);
    expect(untagged).toBe(1);
  });

  it("takes the tag of a chosen option, which the browser never learns of", async () => {
    const surveyId = await addSurvey(collector, "missing", { steps: [choice] });
    const grant = await claim(collector, { surveyId, userId: "acme user", accountId: "acme" });
    expect(JSON.stringify(grant)).not.toContain('"tag"');
    const about = { userId: "acme user", surveyId, impressionId: grantedId(grant) };
    const more = { question_id: "missing", choices: ["sso", "none"], is_final: true };
    await sendSurveyEvent(collector, "Answered", { ...about, more });
    expect((await get("/v1/roadmap")).data).toMatchObject([
      { tag: "single sign-on", mentions: 1, valueAtRisk: 9_000 },
    ]);
  });

  it("tags an answer by hand, in place of what it had", async () => {
    const surveyId = await addSurvey(collector, "missing", { steps: [choice] });
    const grant = await claim(collector, { surveyId, userId: "acme user", accountId: "acme" });
    const about = { userId: "acme user", surveyId, impressionId: grantedId(grant) };
    const more = { question_id: "missing", choices: [], text: "An API", is_final: true };
    await sendSurveyEvent(collector, "Answered", { ...about, more });
    const { data } = await get("/v1/requests?tier=at_risk");
    expect(data).toMatchObject([{ kind: "answer", text: "An API", tags: [], source: "missing" }]);
    const path = `/v1/requests/${data[0].id}/tags`;
    const tagged = await collector.call("PUT", path, { tags: ["API", "api", "integrations"] });
    expect(await tagged.json()).toEqual({ tags: ["api", "integrations"] });
    const found = await get("/v1/requests?tag=api");
    expect(found.data).toMatchObject([{ id: data[0].id, tags: ["api", "integrations"] }]);
    expect((await get("/v1/requests?tag=sso")).data).toEqual([]);
  });

  it("keeps a request once, however often it is sent", async () => {
    const id = "0198c7a0-0000-7000-8000-0000000000aa";
    await record({ id, accountId: "acme", text: "First" });
    await record({ id, accountId: "acme", text: "Second" }, { accountId: "acme" });
    const { data } = await get("/v1/requests");
    expect(data).toMatchObject([{ id, kind: "request", text: "Second" }]);
    const tagged = await collector.call("PUT", `/v1/requests/${id}/tags`, { tags: ["x"] });
    expect(tagged.status).toBe(200);
  });

  it("names the rows that make no sense", async () => {
    const answer = await (await record({ accountId: "acme", text: "" })).json();
    expect(answer).toMatchObject({ accepted: 0, rejected: [{ index: 0 }] });
  });

  it("pages through all of them, each once", async () => {
    await record(...Array.from({ length: 5 }, (_, at) => ({ accountId: "acme", text: `${at}` })));
    const seen: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const page = await get(`/v1/requests?limit=2${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.data.map(({ text }: { text: string }) => text));
      cursor = page.nextCursor;
    }
    expect(seen.sort()).toEqual(["0", "1", "2", "3", "4"]);
  });

  it.each([
    "nonsense",
    "0198c7a0-0000-7000-8000-0000000000ff",
    "0198c7a0-0000-7000-8000-0000000000ff.q",
  ])("answers 404 for %s, of another project or of none", async (id) => {
    const response = await collector.call("PUT", `/v1/requests/${id}/tags`, { tags: ["x"] });
    expect(response.status).toBe(404);
  });
});
