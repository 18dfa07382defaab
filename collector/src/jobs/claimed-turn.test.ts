import { describe, expect, it } from "vitest";
import { createClaimedTurn } from "./claimed-turn.ts";

const failure = (code: string) => Object.assign(new Error("the work failed"), { code });

/** A queue of one row, whose work ends with these errors, or well. */
function createQueue(...errors: (Error | null)[]) {
  const told: string[] = [];
  let isFree = true;
  const turn = createClaimedTurn({
    async claim() {
      if (!isFree) return null;
      isFree = false;
      told.push("claimed");
      return "row";
    },
    async work() {
      const error = errors.shift();
      if (error) throw error;
      told.push("done");
      return false;
    },
    async release(row) {
      isFree = true;
      told.push(`released ${row}`);
    },
  });
  return { turn, told };
}

describe("createClaimedTurn", () => {
  it("lets go what a turn held that failed for want of the database, and tries it again", async () => {
    const { turn, told } = createQueue(failure("40P01"), null);
    await expect(turn()).rejects.toThrow("the work failed");
    await turn();
    expect(told).toEqual(["claimed", "released row", "claimed", "done"]);
  });

  it("leaves to its lease what fails by itself, so that others have their turn", async () => {
    const { turn, told } = createQueue(failure("22003"));
    await expect(turn()).rejects.toThrow("the work failed");
    expect(await turn()).toBe(false);
    expect(told).toEqual(["claimed"]);
  });

  it("lets go later when the database is still away", async () => {
    let isAway = true;
    const released: string[] = [];
    const turn = createClaimedTurn({
      claim: async () => (released.length === 0 ? "row" : null),
      work: async () => {
        throw failure("57P01");
      },
      release: async (row) => {
        if (isAway) throw failure("ECONNREFUSED");
        released.push(row);
      },
    });
    await expect(turn()).rejects.toThrow();
    await expect(turn()).rejects.toThrow();
    isAway = false;
    await turn();
    expect(released).toEqual(["row"]);
  });
});
