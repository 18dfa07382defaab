import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { type FileRow, readCsv, readJsonLines } from "./read-rows.ts";

async function all(rows: AsyncGenerator<FileRow>): Promise<FileRow[]> {
  const read: FileRow[] = [];
  for await (const row of rows) read.push(row);
  return read;
}
const csv = (text: string, needed: string[] = []) => all(readCsv(Readable.from([text]), needed));

describe("readCsv", () => {
  it("reads numbers of values, JSON cells, quoted text and Windows' line ends", async () => {
    const text =
      '\ufeffaccountId,value,traits\r\n 007 ,1.5,"{""plan"":""pro""}"\r\n"a, b",,[\r\n[1],,\r\n';
    expect(await csv(text, ["accountId"])).toEqual([
      { line: 2, row: { accountId: "007", value: 1.5, traits: { plan: "pro" } } },
      { line: 3, row: { accountId: "a, b", traits: "[" } },
      { line: 4, row: { accountId: "[1]" } },
    ]);
  });

  it.each([
    [
      "account_id,outcome\n1,2",
      "needs columns accountId, kind. The first line has account_id, outcome.",
    ],
    [
      "accountId;kind\n1;2",
      'needs columns accountId, kind. Columns are parted by commas, not by ";".',
    ],
    ["accountId,kind\n1,2\n1,2,3\n", "no CSV from line 3 on"],
  ])("says what is wrong with %j", async (text, words) => {
    await expect(csv(text, ["accountId", "kind"])).rejects.toThrow(words);
  });

  it("throws what goes wrong with the file itself", async () => {
    const folder = createReadStream(import.meta.dirname);
    await expect(all(readCsv(folder, []))).rejects.toThrow("EISDIR");
  });
});

describe("readJsonLines", () => {
  it("throws what goes wrong with the file itself", async () => {
    const folder = createReadStream(import.meta.dirname);
    await expect(all(readJsonLines(folder))).rejects.toThrow("EISDIR");
  });

  it("counts every line and passes over empty ones", async () => {
    const lines = Readable.from(['{"a":1}\n\nnot json\n']);
    expect(await all(readJsonLines(lines))).toEqual([
      { line: 1, row: { a: 1 } },
      { line: 3, row: null },
    ]);
  });
});
