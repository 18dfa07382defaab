import { describe, expect, it } from "vitest";
import { useTestDatabase } from "../../test/database.ts";
import { bootstrapProject, createProject } from "./create-project.ts";
import { findDeadKeys } from "./find-dead-keys.ts";
import { findProject } from "./find-project.ts";
import { listKeys, listProjects, revokeKey } from "./queries.ts";

const test = useTestDatabase();
const clock = () => Date.parse("2026-06-15T12:00:00Z");

describe("bootstrapProject", () => {
  it("makes the first project with the given keys once although three start at the same moment", async () => {
    const { db } = test.database;
    const keys = { writeKey: "wk_given_key", secretKey: "sk_given_key" };
    const start = () => bootstrapProject(db, clock, { name: "First", ...keys });
    const made = await Promise.all([start(), start(), start()]);
    expect(made.filter((one) => one !== null)).toMatchObject([keys]);
    expect(await start()).toBeNull();
    expect(await listProjects(db)).toHaveLength(1);
    expect(await findDeadKeys(db, keys)).toEqual([]);
    expect(await findDeadKeys(db, { ...keys, secretKey: "sk_set_later" })).toEqual([
      "TELLTALE_SECRET_KEY",
    ]);
  });
});

describe("createProject", () => {
  it("stores no key in a form that could be used", async () => {
    const { db, sql } = test.database;
    const { project, writeKey, secretKey } = await createProject(db, clock, { name: "Second" });
    const rows = await sql`SELECT k::text AS row FROM api_keys k WHERE project_id = ${project.id}`;
    const text = rows.map(({ row }) => row).join("\n");
    expect(text).not.toContain(writeKey);
    expect(text).not.toContain(secretKey);
    expect((await listKeys(db, project.id)).map((key) => key.kind).sort()).toEqual([
      "secret",
      "write",
    ]);
  });

  it("is found by its id with zone and settings", async () => {
    const { db, sql } = test.database;
    const settings = { allowedOrigins: ["https://app.example.com"] };
    const timeZone = "Pacific/Auckland";
    const { project } = await createProject(db, clock, { name: "Third", timeZone, settings });
    expect(await findProject(sql, project.id)).toEqual({
      id: project.id,
      name: "Third",
      timeZone,
      settings,
    });
  });

  it("refuses a time zone that there is not, and makes nothing", async () => {
    const { db } = test.database;
    const before = await listProjects(db);
    const made = createProject(db, clock, { name: "Mars", timeZone: "Mars/Phobos" });
    await expect(made).rejects.toMatchObject({ status: 400, errors: [{ pointer: "/timeZone" }] });
    expect(await listProjects(db)).toEqual(before);
  });

  it("lets no project revoke another's key", async () => {
    const { db } = test.database;
    const one = await createProject(db, clock, { name: "One" });
    const two = await createProject(db, clock, { name: "Two" });
    const [key] = await listKeys(db, one.project.id);
    expect(await revokeKey(db, two.project.id, key?.id as string)).toBe(false);
    expect(await revokeKey(db, one.project.id, key?.id as string)).toBe(true);
    expect(await revokeKey(db, one.project.id, key?.id as string)).toBe(false);
  });
});
