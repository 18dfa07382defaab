import type { SurveyStep } from "@telltale/protocol";
import { toKey } from "../to-key.ts";
import { ifAny, keepRows, toLine, toLines } from "./keep.ts";

export type Option = Extract<SurveyStep, { kind: "choice" }>["options"][number];

/** One option as a line: `label [value] # tag`. */
const toOptionLine = ({ label, value, tag }: Option): string =>
  toLine(`${label} [${value}]${tag === undefined ? "" : ` # ${tag}`}`);

/** Options as the form shows them, one a line. */
export const toOptionLines = (options: readonly Option[]): string =>
  options.map(toOptionLine).join("\n");

/**
 * The options of a text, one a line. What stands in brackets is stored; without it, an option of
 * the same label keeps what it stored before, and a new one stores its words.
 */
export function toOptions(text: string, before: readonly Option[]): Option[] {
  const lines = toLines(text).filter((line) => line !== "#");
  const shown = new Set(before.map(toOptionLine));
  // What is kept as it was keeps its value too.
  const taken = new Set(
    before.filter((option) => lines.includes(toOptionLine(option))).map(({ value }) => value),
  );
  for (const line of lines) {
    const { value } = splitLine(line);
    if (!shown.has(line) && value) taken.add(value);
  }
  return keepRows(lines, before, {
    show: toOptionLine,
    read: (line) => {
      const { label, value: given, tag } = splitLine(line);
      const known = before.find((option) => toLine(option.label) === label);
      const isFree = known !== undefined && !taken.has(known.value);
      const value = given ?? (isFree ? known.value : freeWord(toWord(label) || "option", taken));
      taken.add(value);
      return { value, label, ...ifAny("tag", tag) };
    },
  });
}

function splitLine(line: string): { label: string; value?: string; tag: string } {
  const [words = "", tag = ""] = line.split(/\s#\s*/, 2).map((part) => part.trim());
  const [, label = words, value] = /^(.*\S)\s+\[([^[\]]+)\]$/.exec(words) ?? [];
  return { label, tag, ...(value !== undefined && { value }) };
}

const LONGEST_WORD = 50;

function toWord(text: string): string {
  const word = toKey(text, "-", LONGEST_WORD);
  // The answer in own words goes by this name.
  return word === "other" ? "other-option" : word;
}

/** @returns the word, or `word-2`, `word-3` … where it is taken */
export function freeWord(word: string, taken: ReadonlySet<string>): string {
  if (!taken.has(word)) return word;
  for (let number = 2; ; number += 1) {
    if (!taken.has(`${word}-${number}`)) return `${word}-${number}`;
  }
}
