import { DEFAULT_MODEL } from "@telltale/scoring";
import { beforeAll, describe, expect, it } from "vitest";
import { createTestCollector, type TestCollector } from "../../../test/collector.ts";
import { useTestDatabase } from "../../../test/database.ts";

const test = useTestDatabase();

describe("the changelog of the score", () => {
  let collector: TestCollector;

  beforeAll(async () => {
    collector = await createTestCollector(test.database);
  });

  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await collector.call(method, path, body);
    return { status: answer.status, body: await answer.json() };
  };
  const read = async () => (await collector.call("GET", "/v1/model-changelog")).text();

  it("tells each version with its author, rationale, backtest and changes", async () => {
    const components = DEFAULT_MODEL.components.map((one) =>
      one.key === "usage"
        ? { ...one, weight: 0.2 }
        : one.key === "usage_trend"
          ? { ...one, weight: 0.3 }
          : one,
    );
    const document = { ...DEFAULT_MODEL, version: "calmer.1", components };
    const signed = { author: "Ada", rationale: "It cried\n*wolf* too often." };
    await call("POST", "/v1/models", { document, ...signed });
    await call("POST", "/v1/models/calmer.1/backtest");
    expect((await call("POST", "/v1/models/calmer.1/publish", signed)).status).toBe(200);
    const text = await read();
    expect(text).toContain("# How Test scores health\n");
    expect(text).toContain("In force: calmer.1. Next review: 2026-09-13.");
    expect(text).toContain("### calmer.1 (in force)\n\n2026-06-15, Ada: It cried \\*wolf\\* too");
    expect(text).toContain("Backtest against default.1, 60 days before the outcome: too few");
    expect(text).toContain("Against default.1:\n\n- /components/usage/weight: 0.1 → 0.2\n");
    expect(text.indexOf("### calmer.1")).toBeLessThan(text.indexOf("### default.1"));
    expect(text).toContain("## Backlog\n\nNothing is open.\n");
  });

  it("holds a version against the one in force when it was published, whichever was drafted first", async () => {
    const draft = (version: string, minAgeDays: number) =>
      call("POST", "/v1/models", {
        ...{
          document: { ...DEFAULT_MODEL, version, minAgeDays },
          author: "Ada",
          rationale: "Why.",
        },
      });
    await draft("early.1", 21);
    collector.now += 60_000;
    await draft("late.1", 28);
    const signed = { author: "Ada", rationale: "Why." };
    for (const version of ["late.1", "early.1"]) {
      collector.now += 60_000;
      const path = `/v1/models/${version}`;
      await call("POST", `${path}/backtest`);
      expect((await call("POST", `${path}/publish`, signed)).status).toBe(200);
    }
    const text = await read();
    expect(text).toMatch(
      /### early\.1 \(in force\)[^#]*Against late\.1:\n\n- \/minAgeDays: 28 → 21\n/,
    );
    expect(text.indexOf("### early.1")).toBeLessThan(text.indexOf("### late.1"));
  });

  it("keeps a backlog: ideas are open until somebody says what became of them", async () => {
    const why = "Who exports stays: R&D &amp; ~all~.";
    const given = { title: "Weigh <exports>", why, author: "Ben" };
    const { status, body: idea } = await call("POST", "/v1/model-ideas", given);
    expect([status, idea.status, idea.answer]).toEqual([201, "open", null]);
    expect(await read()).toContain(
      "## Backlog\n\n- **Weigh \\<exports\\>** (Ben, 2026-06-15): Who exports stays: R\\&D \\&amp; \\~all\\~.\n",
    );
    const answer = { status: "declined", answer: "No difference in a backtest.", author: "Ada" };
    expect((await call("PATCH", `/v1/model-ideas/${idea.id}`, answer)).body).toMatchObject({
      ...given,
      status: "declined",
      answeredBy: "Ada",
    });
    expect((await call("GET", "/v1/model-ideas")).body.data).toHaveLength(1);
    expect(await read()).toMatch(/Nothing is open\.\n\n### Answered\n\n.*\*declined, Ada, 2026/);
  });

  it("gives every idea of it once over pages, open ones first", async () => {
    const made: string[] = [];
    for (const title of ["A", "B", "C", "D", "E"]) {
      made.unshift(
        (await call("POST", "/v1/model-ideas", { title, why: "?", author: "B" })).body.id,
      );
      if (title !== "C") collector.now += 60_000;
    }
    const given = { status: "done", answer: "calmer.2", author: "Eve" };
    await call("PATCH", `/v1/model-ideas/${made[1]}`, given);
    const seen: string[] = [];
    for (let page = ""; seen.length < 50; ) {
      const { body } = await call("GET", `/v1/model-ideas?limit=2${page}`);
      seen.push(...body.data.map(({ id }: { id: string }) => id));
      if (!body.nextCursor) break;
      page = `&cursor=${body.nextCursor}`;
    }
    expect(new Set(seen).size).toBe(seen.length);
    const [, answered] = made;
    const open = made.filter((id) => id !== answered);
    expect(seen.filter((id) => made.includes(id))).toEqual([...open, answered]);
    expect((await call("GET", "/v1/model-ideas?cursor=x")).status).toBe(400);
  });

  it("shows nothing of it to another project, and refuses what is not said", async () => {
    const { body: idea } = await call("POST", "/v1/model-ideas", {
      ...{ title: "Ours", why: "Ours.", author: "Ben" },
    });
    const other = await createTestCollector(test.database);
    const answer = { status: "done", answer: "calmer.2", author: "Eve" };
    expect((await other.call("PATCH", `/v1/model-ideas/${idea.id}`, answer)).status).toBe(404);
    expect((await (await other.call("GET", "/v1/model-ideas")).json()).data).toEqual([]);
    const refused = await call("POST", "/v1/model-ideas", { title: "No reason" });
    expect(refused.status).toBe(400);
    expect(refused.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      "/why",
      "/author",
    ]);
  });
});
