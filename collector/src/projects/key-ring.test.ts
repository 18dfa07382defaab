import { describe, expect, it } from "vitest";
import { useTestDatabase } from "../../test/database.ts";
import { createProject } from "./create-project.ts";
import { createKeyRing } from "./key-ring.ts";
import { listKeys, revokeKey } from "./queries.ts";

const test = useTestDatabase();

describe("createKeyRing", () => {
  it("finds the holder of a key and of no other", async () => {
    const { db } = test.database;
    const made = await createProject(db, () => 0, { name: "One" });
    const ring = createKeyRing(db, () => 0);
    expect(await ring.find(made.writeKey)).toMatchObject({
      kind: "write",
      project: { id: made.project.id },
    });
    expect(await ring.find(made.secretKey)).toMatchObject({ kind: "secret" });
    expect(await ring.find(`${made.secretKey}x`)).toBeNull();
  });

  it("ends a revoked key within ten seconds", async () => {
    const { db } = test.database;
    const made = await createProject(db, () => 0, { name: "Two" });
    let now = 0;
    const ring = createKeyRing(db, () => now);
    expect(await ring.find(made.writeKey)).not.toBeNull();
    const keys = await listKeys(db, made.project.id);
    for (const key of keys) await revokeKey(db, made.project.id, key.id);
    now = 10_001;
    expect(await ring.find(made.writeKey)).toBeNull();
  });

  it("notes when a key was last used, once a minute", async () => {
    const { db } = test.database;
    let now = Date.parse("2026-06-15T12:00:00Z");
    const made = await createProject(db, () => now, { name: "Three" });
    const ring = createKeyRing(db, () => now);
    const lastUse = async () =>
      (await listKeys(db, made.project.id)).find((key) => key.kind === "write")?.lastUsedAt;
    await ring.find(made.writeKey);
    await expect.poll(lastUse).toEqual(new Date(now));
    const first = now;
    now += 30_000;
    await ring.find(made.writeKey);
    expect(await lastUse()).toEqual(new Date(first));
    now += 31_000;
    await ring.find(made.writeKey);
    await expect.poll(lastUse).toEqual(new Date(now));
  });
});
