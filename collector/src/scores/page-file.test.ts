import { describe, expect, it } from "vitest";
import { openPageFile } from "./page-file.ts";

describe("openPageFile", () => {
  // A device that takes nothing, as a full disk does.
  it("fails the run that writes, with the reason, where the disk is full", async () => {
    const writing = (async () => {
      const file = await openPageFile("/dev/full");
      try {
        await file.write(Buffer.alloc(100_000));
      } finally {
        await file.close();
      }
    })();
    await expect(writing).rejects.toThrow(/^rows could not be kept aside in \/dev\/full: .+/);
  });

  it("fails where its folder is gone", async () => {
    await expect(openPageFile("/nowhere/at/all")).rejects.toThrow(
      /kept aside in \/nowhere.*ENOENT/,
    );
  });
});
