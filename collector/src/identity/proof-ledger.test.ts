import { expect, it } from "vitest";
import { useTestDatabase } from "../../test/database.ts";
import { createProject } from "../projects/create-project.ts";
import { createProofLedger } from "./proof-ledger.ts";

const test = useTestDatabase();

it("a slower look-up does not undo what was proved meanwhile", async () => {
  const { db, sql } = test.database;
  const clock = () => Date.parse("2026-06-15T12:00:00Z");
  const { project } = await createProject(db, clock, { name: "Test" });
  const ledger = createProofLedger(sql, clock);
  const looking = ledger.load(project.id, ["acme", "bolt"]);
  ledger.protect(project.id, "acme");
  await looking;
  const isProtected = (accountId: string) => ledger.isProtected(project.id, accountId);
  expect(["acme", "bolt"].map(isProtected)).toEqual([true, false]);
});
