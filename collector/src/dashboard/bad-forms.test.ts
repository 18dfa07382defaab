import { beforeAll, describe, expect, it } from "vitest";
import { createTestCollector, type TestCollector } from "../../test/collector.ts";
import { signOwnerIn, visit } from "../../test/dashboard-visitor.ts";
import { useTestDatabase } from "../../test/database.ts";
import { addSurvey } from "../../test/surveys.ts";

const test = useTestDatabase();

describe("a form that is refused", () => {
  let collector: TestCollector;
  let cookie: string;
  const ids = { survey: "", endpoint: "" };

  beforeAll(async () => {
    collector = await createTestCollector(test.database);
    cookie = await signOwnerIn(collector, test.database);
    ids.survey = await addSurvey(collector, "known");
    const body = { url: "https://93.184.216.34/in" };
    ids.endpoint = (await (await collector.call("POST", "/v1/webhook-endpoints", body)).json()).id;
    await collector.send({ type: "group", userId: "u", groupId: "a-1", traits: { name: "Twin" } });
    await collector.send({ type: "group", userId: "u", groupId: "a-2", traits: { name: "Twin" } });
  });

  const survey = { form: "1", name: "Typed name", "kind-1": "nps", "prompt-1": "Typed question?" };
  const webhooks = "/dashboard/data/webhooks";
  const roadmap = "/dashboard/features/roadmap";

  it.each<[string, string, Record<string, string>, string[], string]>([
    [
      "a survey without a name",
      "/dashboard/surveys",
      { ...survey, name: "" },
      ["name"],
      "Typed question?",
    ],
    [
      "a survey with a faulty end",
      "/dashboard/surveys",
      { ...survey, end: "soon", sample: "900" },
      ["sample", "end"],
      "900",
    ],
    [
      "an idea without a reason",
      "/dashboard/model/ideas",
      { title: "Typed idea", why: " " },
      ["why"],
      "Typed idea",
    ],
    [
      "a survey whose key is taken",
      "/dashboard/surveys",
      { ...survey, key: "known" },
      ["key"],
      "Typed name",
    ],
    [
      "a survey with too few options",
      "/dashboard/surveys/:survey/edit",
      { ...survey, "kind-1": "choice", "options-1": "Only one" },
      ["options-1"],
      "Only one",
    ],
    [
      "a survey that leads back",
      "/dashboard/surveys/:survey/edit",
      { ...survey, "branch-1-1-value": "4711", "branch-1-1-goto": "1" },
      ["branch-1-1-goto"],
      "4711",
    ],
    [
      "a survey with a value of nothing",
      "/dashboard/surveys",
      { ...survey, "user-2-value": "4711" },
      ["user-1-property"],
      "4711",
    ],
    [
      "a survey with a faulty language",
      "/dashboard/surveys/:survey/edit",
      { ...survey, languages: "de, x!" },
      ["languages"],
      "x!",
    ],
    [
      "a survey with half of a quota",
      "/dashboard/surveys/:survey/edit",
      {
        ...survey,
        "quota-1-segment": "",
        "quota-1-answers": "4711",
        "quota-2-segment": "plan:pro",
        "quota-2-answers": "0",
      },
      ["quota-1-segment", "quota-2-answers"],
      "4711",
    ],
    [
      "a limit without a tag, and one of no days",
      "/dashboard/surveys/limits",
      { "limit-1-prompts": "4711", "limit-3-tag": "research", "limit-3-prompts": "1" },
      ["limit-1-tag", "limit-1-prompts", "limit-1-days", "limit-2-days"],
      "4711",
    ],
    [
      "an endpoint without a URL",
      webhooks,
      { url: "nowhere", description: "Typed words" },
      ["url"],
      "Typed words",
    ],
    [
      "an endpoint in a private network",
      webhooks,
      { url: "http://127.0.0.1:9/in" },
      ["url"],
      "127.0.0.1:9",
    ],
    [
      "an endpoint with a faulty pace",
      webhooks,
      { url: "https://example.com", maxConcurrent: "77", maxPerSecond: "-1" },
      ["maxConcurrent", "maxPerSecond"],
      "77",
    ],
    [
      "an endpoint with a faulty map",
      webhooks,
      { url: "https://example.com", format: "fields", fieldMap: "their = nothing" },
      ["fieldMap"],
      "their = nothing",
    ],
    [
      "an endpoint without credentials",
      webhooks,
      { url: "https://example.com", format: "hubspot" },
      ["credentials"],
      "https://example.com",
    ],
    [
      "changed settings of an endpoint",
      `${webhooks}/:endpoint`,
      { url: "https://example.com", maxConcurrent: "0", description: "Typed words" },
      ["maxConcurrent"],
      "Typed words",
    ],
    [
      "a replay without a start",
      `${webhooks}/:endpoint/replay`,
      { to: "2026-01-01T00:00" },
      ["from"],
      "2026-01-01T00:00",
    ],
    [
      "a replay that ends before it starts",
      `${webhooks}/:endpoint/replay`,
      { from: "2026-02-01T00:00", to: "2026-01-01T00:00" },
      ["to"],
      "2026-02-01T00:00",
    ],
    [
      "a key without a purpose",
      "/dashboard/data/keys",
      { kind: "secret", name: "" },
      ["name"],
      "secret",
    ],
    [
      "a retention that is too short",
      "/dashboard/data/privacy/retention",
      { days: "7" },
      ["days"],
      "7",
    ],
    [
      "a currency that there is not",
      "/dashboard/data/project",
      { name: "Typed name", currency: "XQZ" },
      ["currency"],
      "XQZ",
    ],
    [
      "an export of nobody",
      "/dashboard/data/privacy/export",
      { exportUser: "" },
      ["exportUser"],
      "",
    ],
    [
      "an erasure without a second look",
      "/dashboard/data/privacy/erase",
      { user: "typed-user", again: "other" },
      ["again"],
      "typed-user",
    ],
    [
      "a request of an unknown account",
      `${roadmap}/requests`,
      { accountId: "Nobody Inc.", text: "Typed wish" },
      ["accountId"],
      "Typed wish",
    ],
    [
      "a request of two accounts",
      `${roadmap}/requests`,
      { accountId: "twin", text: "Typed wish" },
      ["accountId"],
      "a-1, a-2",
    ],
    [
      "a request without words, of tomorrow",
      `${roadmap}/requests`,
      { accountId: "a-1", text: "", requestedAt: "soon" },
      ["text", "requestedAt"],
      "a-1",
    ],
    [
      "an invitation of nobody",
      "/dashboard/people",
      { note: "", role: "king" },
      ["note", "role"],
      "",
    ],
    [
      "a password that is too short",
      "/dashboard/people/you/password",
      { email: "typed@example.com", password: "short" },
      ["password"],
      "typed@example.com",
    ],
  ])(
    "shows again %s, with what was typed and a way to each fault",
    async (_, path, form, fields, typed) => {
      const at = path.replace(":survey", ids.survey).replace(":endpoint", ids.endpoint);
      const response = await visit(collector, at, { cookie, form });
      const html = await response.text();
      expect(response.status).toBe(400);
      const summary =
        /<div id="faults" tabindex="-1" autofocus="">.*?<\/ul>/s.exec(html)?.[0] ?? "";
      const links = [...summary.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
      expect(links).toEqual(fields);
      for (const field of fields) {
        const [tag = ""] = new RegExp(`<[a-z]+[^>]* id="${field}"[^>]*>`).exec(html) ?? [];
        expect(tag).toContain('aria-invalid="true"');
        expect(tag).toMatch(new RegExp(`aria-describedby="[^"]*${field}-fault`));
        expect(html).toContain(`id="${field}-fault"`);
      }
      expect(html).toContain(typed);
    },
  );

  it("keeps tags that are too many beside what they are of", async () => {
    const id = "0198c7a0-0000-7000-8000-0000000000ab";
    await collector.call("POST", "/v1/requests", {
      requests: [{ id, accountId: "a-1", text: "An API" }],
    });
    const tags = Array.from({ length: 11 }, (_, at) => `tag ${at}`).join(", ");
    const form = { id, tags, back: `${roadmap}?whose=all` };
    const response = await visit(collector, `${roadmap}/tags`, { cookie, form });
    expect(response.status).toBe(400);
    const html = await response.text();
    expect(html).toContain(`href="#tags-${id}"`);
    expect(html).toContain(`value="${tags}"`);
    expect(html).toContain(`aria-describedby="tags-${id}-fault"`);
  });

  it("says so where nothing was chosen to replay", async () => {
    const form = { what: "chosen" };
    const response = await visit(collector, "/dashboard/data/rejected/replay", { cookie, form });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("Choose at least one message");
  });
});
