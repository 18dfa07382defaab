import { stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { findBinaries } from "./binaries.ts";

it("leaves programs as they are that can be run already: another user may own them, on a disk for reading", async () => {
  const { postgres, initdb } = await findBinaries();
  const changed = () =>
    Promise.all([postgres, initdb].map(async (file) => (await stat(file)).ctimeMs));
  const before = await changed();
  await sleep(20);
  await findBinaries();
  expect(await changed()).toEqual(before);
});
