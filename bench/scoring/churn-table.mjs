/** A table of churn, one row per account, as signals: numbers as they are, yes-or-no as 1 and 0, choices one by one. */

import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/** Columns of these names tell who churned. */
const OUTCOME = /^(churn|churned|attrition|exited|is_churn)$/i;

/** A choice with more answers than this is an identifier, not a trait. */
const MOST_CHOICES = 60;

/**
 * Reads a CSV file, gzipped or not.
 *
 * @returns {{ keys: string[], rows: (number | null)[][], churned: boolean[] }}
 */
export function readChurnTable(path) {
  const bytes = readFileSync(path);
  const text = (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  const [header, ...lines] = text.trim().split(/\r?\n/).map(splitLine);
  const outcome = header.findIndex((name) => OUTCOME.test(name));
  if (outcome < 0)
    throw new Error(`No column of ${path} says who churned (churn, churned, exited …).`);
  const churned = lines.map((line) => /^(yes|true|1|churned)$/i.test(line[outcome]));
  const columns = header.flatMap((name, i) => {
    if (i === outcome) return [];
    return toColumns(
      name,
      lines.map((line) => line[i].trim()),
    );
  });
  return {
    keys: columns.map((column) => column.key),
    rows: lines.map((_, i) => columns.map((column) => column.values[i])),
    churned,
  };
}

function toColumns(name, texts) {
  const known = texts.filter((text) => text !== "");
  if (known.every((text) => Number.isFinite(Number(text)))) {
    return [{ key: name, values: texts.map((text) => (text === "" ? null : Number(text))) }];
  }
  const choices = [...new Set(known)].sort();
  if (choices.length > MOST_CHOICES) return [];
  const told = choices.length === 2 ? choices.slice(1) : choices;
  return told.map((choice) => ({
    key: `${name}=${choice}`,
    values: texts.map((text) => (text === "" ? null : Number(text === choice))),
  }));
}

function splitLine(line) {
  const cells = [];
  for (const [, quoted, plain] of line.matchAll(/(?:"((?:[^"]|"")*)"|([^,]*))(?:,|$)/g)) {
    cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
  }
  return cells.slice(0, -1);
}
