import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { createTestCollector, type TestCollector } from "../../test/collector.ts";
import { toDashboardPaths } from "../../test/dashboard-paths.ts";
import {
  joinProject,
  ORIGIN,
  signOwnerIn,
  type VisitOptions,
  visit,
} from "../../test/dashboard-visitor.ts";
import { useTestDatabase } from "../../test/database.ts";
import { createSignInLink } from "../sign-in/create-sign-in-link.ts";
import type { Role } from "../sign-in/role.ts";

const opened = useTestDatabase();
let collector: TestCollector;
let other: TestCollector;
let owner: string;

/** Files, what only leads elsewhere, and the frame of a preview. */
const NO_PAGES = /\*|assets|\.(csv|md)$|\/(accounts|sign-in|document)$|\/preview$/;

const request = (path: string, init: VisitOptions = {}) => visit(collector, path, init);

/** Signs a new member of the first project in. */
const join = (role: Role) => joinProject(collector, opened.database, role);

/** Every path of the dashboard that changes something, with ids that don't exist. */
function changingPaths(): string[] {
  const paths = collector.app.routes
    .filter(({ method, path }) => method === "POST" && path.startsWith("/dashboard"))
    .map(({ path }) => path);
  return [...new Set(paths)].map((path) => path.replace(/:[a-z]+/g, () => randomUUID()));
}

beforeAll(async () => {
  collector = await createTestCollector(opened.database);
  other = await createTestCollector(opened.database);
  owner = await signOwnerIn(collector, opened.database);
});

describe("text that no database can hold", () => {
  it.each([
    "?q=%00",
    "?segment=%00",
    "/accounts/a%00b",
    "/data/rejected?code=%00",
    "/features/roadmap?tag=%00",
    "/model/versions/%00",
    "/alerts/rules/%00",
  ])("in an address names no page: %s", async (path) => {
    expect((await request(`/dashboard${path}`, { cookie: owner })).status).toBe(404);
  });

  it("in a form is left out", async () => {
    const form = { title: "Weigh\0 exports", why: "\ud83dThey stay." };
    const path = "/dashboard/model/ideas";
    expect((await request(path, { cookie: owner, form })).status).toBe(303);
    expect(await (await request(path, { cookie: owner })).text()).toContain("Weigh exports");
    const guess = { email: "a\0@b.co", password: "x" };
    expect((await request("/dashboard/sign-in/password", { form: guess })).status).toBe(401);
  });
});

describe("signing in", () => {
  it("works once with the owner's link", async () => {
    const link = new URL(await createSignInLink(opened.database.db, collector.clock, ORIGIN));
    const first = await request(link.pathname + link.search);
    expect(first.status).toBe(303);
    const cookie = first.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
    expect((await request(link.pathname + link.search)).status).toBe(401);
  });

  it("does not spend a link that another site leads to", async () => {
    const link = new URL(await createSignInLink(opened.database.db, collector.clock, ORIGIN));
    const path = link.pathname + link.search;
    const foreign = await request(path, { headers: { "sec-fetch-site": "cross-site" } });
    expect(foreign.status).toBe(200);
    expect(foreign.headers.get("set-cookie")).toBeNull();
    expect((await request(path)).status).toBe(303);
  });

  it("leads to where the visitor wanted to go, and never to another site", async () => {
    const asked = await request("/dashboard/alerts?level=monitor");
    expect(asked.status).toBe(303);
    expect(asked.headers.get("location")).toBe(
      "/dashboard/sign-in?next=%2Fdashboard%2Falerts%3Flevel%3Dmonitor",
    );
    const link = new URL(await createSignInLink(opened.database.db, collector.clock, ORIGIN));
    link.searchParams.set("next", "//evil.example/dashboard");
    const response = await request(link.pathname + link.search);
    expect(response.headers.get("location")).toBe("/dashboard");
  });

  it("is where the bare address leads to", async () => {
    const response = await request("/");
    expect(response.status).toBe(302);
    expect(response.headers.get("location")).toBe("/dashboard");
  });

  it("stops an address that guesses tokens", async () => {
    const answers = [];
    for (let guess = 0; guess < 22; guess += 1) {
      answers.push(await request(`/dashboard/sign-in?token=guess${guess}`));
    }
    expect(answers[10]?.status).toBe(401);
    expect(answers[21]?.status).toBe(429);
    expect(Number(answers[21]?.headers.get("retry-after"))).toBeGreaterThan(0);
    collector.now += 3_600_000;
  });

  it("ends with signing out", async () => {
    const cookie = await join("viewer");
    expect((await request("/dashboard", { cookie })).status).toBe(200);
    await request("/dashboard/sign-out", { cookie, form: {} });
    expect((await request("/dashboard", { cookie })).status).toBe(303);
  });
});

describe("every change of the dashboard", () => {
  it("is refused from another origin, without an origin, and as anything but a form", async () => {
    const paths = changingPaths();
    expect(paths.length).toBeGreaterThan(20);
    for (const path of paths) {
      const foreign = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
      const statuses = [
        await request(path, { cookie: owner, form: {}, headers: foreign }),
        await collector.app.request(`${ORIGIN}${path}`, {
          method: "POST",
          headers: { cookie: owner, "content-type": "application/x-www-form-urlencoded" },
          body: "a=b",
        }),
        await request(path, { cookie: owner, form: {}, headers: { "content-type": "text/plain" } }),
        await request(path, {
          cookie: owner,
          form: {},
          headers: { "content-type": "application/json" },
        }),
      ].map(({ status }) => status);
      expect(statuses, path).toEqual([403, 403, 415, 415]);
    }
  });

  it("is refused when it is larger than any form, also from somebody who is not signed in", async () => {
    for (const path of ["/dashboard/sign-in/password", "/dashboard/project"]) {
      const { status } = await request(path, { form: { password: "x".repeat(1_000_001) } });
      expect(status, path).toBe(413);
    }
  });

  it("needs a session, and more than a viewer's role", async () => {
    const viewer = await join("viewer");
    // Who comes in, and what everybody may do to their own session.
    const open = /^\/dashboard\/(sign-in|sign-in\/password|sign-out)$/;
    const own = /^\/dashboard\/(project|people\/you\/\w+)$/;
    for (const path of changingPaths().filter((one) => !open.test(one))) {
      expect((await request(path, { form: {} })).status, path).toBe(401);
      if (own.test(path)) continue;
      expect((await request(path, { cookie: viewer, form: {} })).status, path).toBe(403);
    }
    const refused = await request("/dashboard/alerts/rules/new", { cookie: viewer });
    expect(refused.status).toBe(403);
    expect(await refused.text()).toContain("<h1>You may not do that</h1>");
  });
});

describe("another project", () => {
  it("is not there for who is no member of it", async () => {
    await other.send({
      type: "group",
      groupId: "secret-account",
      userId: "u1",
      traits: { name: "Secret" },
    });
    const cookie = await join("admin");
    const book = await (await request("/dashboard", { cookie })).text();
    expect(book).not.toContain("Secret");
    const account = await request("/dashboard/accounts/secret-account", { cookie });
    expect(account.status).toBe(404);
    const switched = await request("/dashboard/project", {
      cookie,
      form: { project: other.projectId },
    });
    expect(switched.status).toBe(404);
    expect((await request(`/dashboard?project=${other.projectId}`, { cookie })).status).toBe(404);
  });

  it("is one click away for the owner of both", async () => {
    const switched = await request("/dashboard/project", {
      cookie: owner,
      form: { project: other.projectId },
    });
    expect(switched.status).toBe(303);
    expect(await (await request("/dashboard", { cookie: owner })).text()).toContain("Secret");
    await request("/dashboard/project", { cookie: owner, form: { project: collector.projectId } });
  });
});

describe("the book", () => {
  it("takes hostile words for words", async () => {
    await collector.send({
      type: "group",
      groupId: "acme",
      userId: "u1",
      traits: { name: "=HYPERLINK(1)", plan: "pro", contract_value: 1_200 },
    });
    const hostile = "'; DROP TABLE accounts; --%_\\";
    for (const name of ["q", "segment", "owner", "feature", "milestone"]) {
      const query = new URLSearchParams({ [name]: hostile });
      expect((await request(`/dashboard?${query}`, { cookie: owner })).status, name).toBe(200);
    }
    expect((await request("/dashboard?sort=1;--", { cookie: owner })).status).toBe(400);
    expect(await (await request("/dashboard", { cookie: owner })).text()).toContain("HYPERLINK");
  });

  it("comes as CSV that no spreadsheet runs", async () => {
    const csv = await (await request("/dashboard/accounts.csv", { cookie: owner })).text();
    expect(csv).toContain('"\'=HYPERLINK(1)"');
    expect(csv).toContain("1200");
  });

  it("shows values in the project's currency once somebody says which", async () => {
    const book = async () => (await request("/dashboard", { cookie: owner })).text();
    expect(await book()).toContain(">1,200<");
    const form = { name: "First", currency: "eur" };
    await request("/dashboard/data/project", { cookie: owner, form });
    expect(await book()).toContain(">€1,200<");
    const csv = await (await request("/dashboard/accounts.csv", { cookie: owner })).text();
    expect(csv.split("\r\n", 1)[0]).toMatch(/,currency$/);
    expect(csv).toContain(",EUR");
    expect((await (await collector.call("GET", "/v1/project")).json()).currency).toBe("EUR");
  });

  it("keeps a view under a name and forgets it", async () => {
    const saved = await request("/dashboard/views", {
      cookie: owner,
      form: { name: "Pro plans", query: "?segment=plan%3Apro&evil=1" },
    });
    expect(saved.headers.get("location")).toBe("/dashboard?segment=plan%3Apro#accounts");
    const page = await (await request("/dashboard", { cookie: owner })).text();
    expect(page).toContain("Pro plans");
    const id = /views\/([0-9a-f-]{36})\/remove/.exec(page)?.[1];
    await request(`/dashboard/views/${id}/remove`, { cookie: owner, form: {} });
    expect(await (await request("/dashboard", { cookie: owner })).text()).not.toContain(
      "Pro plans",
    );
  });
});

describe("pages", () => {
  it("are each among those that a browser looks at, in every theme and width", () => {
    const pages = collector.app.routes
      .filter(({ method, path }) => method === "GET" && path.startsWith("/dashboard"))
      .map(({ path }) => path)
      .filter((path) => !NO_PAGES.test(path));
    // As the router takes them: a path counts for the first page that it fits, for no other.
    const pageOf = (path: string) =>
      pages.find((page) => new RegExp(`^${page.replace(/:\w+/g, "[^/]+")}$`).test(path));
    const ids = { alert: "id", survey: "id", endpoint: "id", experiment: "id" };
    const visited = toDashboardPaths(ids).map((path) => pageOf(path.split("?", 1)[0] ?? ""));
    expect([...new Set(pages)].filter((page) => !visited.includes(page))).toEqual([]);
    expect(new Set(toDashboardPaths(ids)).size).toBe(visited.length);
  });

  it("say nothing to be framed, run or cached that is not theirs", async () => {
    const { headers } = await request("/dashboard", { cookie: owner });
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe");
    expect(headers.get("cache-control")).toBe("private, no-store");
  });

  it("write down who did what, also for the REST interface", async () => {
    await request("/dashboard/people", {
      cookie: owner,
      form: { note: "Grace", role: "operator" },
    });
    expect(await (await request("/dashboard/people/audit", { cookie: owner })).text()).toContain(
      "member.invited",
    );
    const log = (await (await collector.call("GET", "/v1/audit-log")).json()) as {
      data: { action: string; target: string; change: object }[];
    };
    expect(log.data[0]).toMatchObject({
      action: "member.invited",
      target: "Grace (operator)",
      change: { role: { after: "operator" } },
    });
  });
});
