import { expect, it } from "vitest";
import { useTestDatabase } from "../../test/database.ts";
import { createProject } from "./create-project.ts";
import { eachProject } from "./each-project.ts";

const test = useTestDatabase();

it("a project that fails keeps no other from its turn, and is told of at the end", async () => {
  const { db } = test.database;
  for (const name of ["One", "Two", "Three"]) await createProject(db, () => Date.now(), { name });
  const done: string[] = [];
  const fault = new Error("no room");
  const work = async ({ name }: { name: string }) => {
    if (name === "Two") throw fault;
    done.push(name);
  };
  await expect(eachProject(db, work)).rejects.toMatchObject({ errors: [fault] });
  expect(done).toEqual(expect.arrayContaining(["One", "Three"]));
});
