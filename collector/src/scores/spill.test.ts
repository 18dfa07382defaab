import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { describe, expect, it } from "vitest";
import { createSpill } from "./spill.ts";

interface Row {
  id: number;
  at: Date;
  value: number | null;
}

const pagesOf = (count: number, size: number): Row[][] =>
  Array.from({ length: count }, (_, page) =>
    Array.from({ length: size }, (_, i) => ({
      id: page * size + i,
      at: new Date(page * 1_000 + i),
      value: i % 3 === 0 ? null : 0.1 * i + page / 3,
    })),
  );

const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith("telltale-spill-"));

async function readAll<Row>(pages: AsyncGenerator<Row[]>): Promise<Row[][]> {
  const read: Row[][] = [];
  for await (const page of pages) read.push(page);
  return read;
}

describe("createSpill", () => {
  it.each([0, 250, 100_000])(
    "gives pages back as they came, to the bit, with %i rows in memory",
    async (limit) => {
      const pages = pagesOf(40, 100);
      const spill = createSpill<Row>(limit);
      for (const page of pages) await spill.add(page);
      expect(await readAll(spill.pages())).toEqual(pages);
      await spill.remove();
    },
  );

  it("uses no file for a few rows, and leaves none behind", async () => {
    const before = folders();
    const few = createSpill<Row>(10);
    await few.add(pagesOf(1, 10)[0] as Row[]);
    expect(folders()).toEqual(before);
    const many = createSpill<Row>(10);
    for (const page of pagesOf(3, 10)) await many.add(page);
    await readAll(many.pages());
    await many.remove();
    expect(folders()).toEqual(before);
  });
});
