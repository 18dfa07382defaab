import { expect, it } from "vitest";
import { retryDeadlock } from "./retry-deadlock.ts";

/** Work that fails with these codes, and then is done. */
function failing(...codes: string[]) {
  let runs = 0;
  const run = async () => {
    runs += 1;
    const code = codes.shift();
    if (code) throw Object.assign(new Error(code), { code });
    return runs;
  };
  return { run, runs: () => runs };
}

it("runs again what was the victim of a deadlock, three times at most", async () => {
  expect(await retryDeadlock(failing("40P01", "40P01").run)).toBe(3);
  const unlucky = failing("40P01", "40P01", "40P01", "40P01");
  await expect(retryDeadlock(unlucky.run)).rejects.toMatchObject({ code: "40P01" });
  expect(unlucky.runs()).toBe(3);
});

it("leaves every other fault as it is", async () => {
  const faulty = failing("23505");
  await expect(retryDeadlock(faulty.run)).rejects.toMatchObject({ code: "23505" });
  expect(faulty.runs()).toBe(1);
});
