import { beforeAll, describe, expect, it } from "vitest";
import { createTestCollector, type TestCollector } from "../../test/collector.ts";
import { cookieOf, joinProject, type VisitOptions, visit } from "../../test/dashboard-visitor.ts";
import { useTestDatabase } from "../../test/database.ts";

const opened = useTestDatabase();
const EMAIL = "ada@example.test";
const PASSWORD = "four plain words suffice";
let collector: TestCollector;
let cookie: string;

const request = (path: string, init: VisitOptions = {}) => visit(collector, path, init);
const signIn = (email: string, password: string, more: VisitOptions = {}) =>
  request("/dashboard/sign-in/password", { form: { email, password }, ...more });
const setPassword = (form: Record<string, string>) =>
  request("/dashboard/people/you/password", { cookie, form });

beforeAll(async () => {
  collector = await createTestCollector(opened.database);
  cookie = await joinProject(collector, opened.database, "viewer");
});

describe("a password", () => {
  it("is refused when it is short, and without an address", async () => {
    expect((await setPassword({ email: EMAIL, password: "short" })).status).toBe(400);
    expect((await setPassword({ email: "nobody", password: PASSWORD })).status).toBe(400);
  });

  it("lets its member in with a new session, and ends those before", async () => {
    const before = cookie;
    const set = await setPassword({ email: ` ${EMAIL.toUpperCase()} `, password: PASSWORD });
    expect(set.status).toBe(303);
    cookie = cookieOf(set);
    expect(cookie).not.toBe(before);
    expect((await request("/dashboard", { cookie: before })).status).toBe(303);

    const signedIn = await signIn(EMAIL, PASSWORD, { cookie });
    expect(signedIn.status).toBe(303);
    expect(signedIn.headers.get("set-cookie")).toMatch(/HttpOnly.*SameSite=Lax/);
    // The session that the browser had is not left open beside the new one.
    expect((await request("/dashboard", { cookie })).status).toBe(303);
    cookie = cookieOf(signedIn);
    expect((await request("/dashboard", { cookie })).status).toBe(200);
    const log = (await (await collector.call("GET", "/v1/audit-log")).json()) as {
      data: { action: string }[];
    };
    expect(log.data.map(({ action }) => action)).toContain("member.signed_in_by_password");
  });

  it("is never in the page, the log or the answer", async () => {
    const page = await (await request("/dashboard/people/you", { cookie })).text();
    expect(page).toContain(EMAIL);
    expect(page).not.toContain(PASSWORD);
    expect(page).not.toContain("scrypt");
  });

  it("changes with the present one only, and can be given up", async () => {
    collector.now += 3_600_000;
    const wrong = { email: EMAIL, current: "something else", password: "another four plain words" };
    expect((await setPassword(wrong)).status).toBe(400);
    const removed = await setPassword({ email: EMAIL, current: PASSWORD, remove: "1" });
    expect(removed.status).toBe(303);
    cookie = cookieOf(removed);
    expect((await signIn(EMAIL, PASSWORD)).status).toBe(401);
    cookie = cookieOf(await setPassword({ email: EMAIL, password: PASSWORD }));
  });
});

describe("guessing", () => {
  it("one member's password stops at the sixth try, with the time to wait", async () => {
    collector.now += 3_600_000;
    const answers = [];
    for (let guess = 0; guess < 8; guess += 1) answers.push(await signIn(EMAIL, `guess ${guess}`));
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
    expect(Number(answers[5]?.headers.get("retry-after"))).toBeGreaterThan(0);
    // The right one would not help either: a guesser learns nothing by it.
    expect((await signIn(EMAIL, PASSWORD)).status).toBe(429);
  });

  it("tells an unknown address from a known one by nothing", async () => {
    collector.now += 3_600_000;
    const [known, unknown] = [
      await signIn(EMAIL, "wrong"),
      await signIn("nobody@example.test", "wrong"),
    ];
    expect(unknown.status).toBe(known.status);
    const plain = (text: string) => text.replaceAll(/nonce="[^"]*"/g, "");
    expect(plain(await unknown.text())).toBe(plain(await known.text()));
  });
});

describe("a session", () => {
  it("ends on other devices when its member says so", async () => {
    const here = await joinProject(collector, opened.database, "viewer");
    const page = await (await request("/dashboard/people/you", { cookie: here })).text();
    expect(page).toContain("This browser");
    const ended = await request("/dashboard/people/you/sessions", { cookie: here, form: {} });
    expect((await request("/dashboard", { cookie: here })).status).toBe(303);
    expect((await request("/dashboard", { cookie: cookieOf(ended) })).status).toBe(200);
  });

  it("ends after 90 days, however much it is used", async () => {
    const used = await joinProject(collector, opened.database, "viewer");
    const startedAt = collector.now;
    for (let day = 0; day < 89; day += 10) {
      collector.now = startedAt + day * 86_400_000;
      expect((await request("/dashboard", { cookie: used })).status).toBe(200);
    }
    collector.now = startedAt + 91 * 86_400_000;
    expect((await request("/dashboard", { cookie: used })).status).toBe(303);
  });
});
