/**
 * Drivers in words.
 *
 * @module
 */

import type { CompositeComponent } from "./composite.ts";

/** A number with at most one decimal, U+2212 for minus. */
export function toPlain(value: number): string {
  const rounded = Math.round(value * 10) / 10;
  const text = Number.isInteger(rounded) ? String(Math.abs(rounded)) : Math.abs(rounded).toFixed(1);
  return rounded < 0 ? `−${text}` : text;
}

/** A number of points with its sign. */
export function toSigned(points: number): string {
  const text = toPlain(points);
  return Math.round(points * 10) > 0 ? `+${text}` : text;
}

/** A counted thing; not what only ends like one, as "ms", "status" and "address" do, or takes more away, as "queries" and "boxes". */
const PLURAL = /^((?:engaged )?[a-z]{2,}[^\W_aiosu\d])(?<!ie|xe|che|she|sse|zze)s\b/i;

/**
 * A value with its unit, shares as per cent.
 *
 * @param format - writes the number
 */
export function toQuantity(value: number, unit: string, format = toPlain): string {
  if (unit.startsWith("share of ")) return `${format(100 * value)} % ${unit.slice(6)}`;
  if (unit === "log ratio") {
    const percent = Math.round(100 * Math.expm1(value));
    return percent === 0 ? "steady" : `${percent > 0 ? "+" : "−"}${Math.abs(percent)} %`;
  }
  const text = format(value);
  if (unit === "") return text;
  return text === "1" ? `1 ${unit.replace(PLURAL, "$1")}` : `${text} ${unit}`;
}

/**
 * What a component did to a score: its points, what was measured, and what is typical.
 *
 * @example
 * // "Satisfaction −12: 42 of 100 from 3 answers, typical 78 of 100"
 */
export function toComponentSentence(component: CompositeComponent, contribution: number): string {
  const facts = component.parts
    .filter((place) => place.normalized !== null && place.signal?.value != null)
    .map(({ part, signal }) => {
      const value = signal?.value as number;
      const unit = signal?.unit as string;
      const measured = toQuantity(value, unit);
      const size = unit === "of 100" ? ` from ${toAnswers(signal?.sampleSize as number)}` : "";
      const named = component.parts.length > 1 ? `${part.spec.label.toLowerCase()} ` : "";
      const typical = part.typical === null ? "" : `, typical ${toQuantity(part.typical, unit)}`;
      return `${named}${measured}${size}${typical}`;
    });
  return `${component.label} ${toSigned(contribution)}: ${facts.join("; ")}`;
}

/** A number of answers in words. */
export function toAnswers(count: number): string {
  return count === 1 ? "1 answer" : `${count} answers`;
}
