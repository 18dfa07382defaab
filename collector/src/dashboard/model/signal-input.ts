import type { SignalChange } from "@telltale/scoring";
import { Problem } from "../../problem.ts";

/** How a signal's value is shown in a form, and how much of it is moved at once. */
export interface SignalUnit {
  word: string;
  toShown(value: number): number;
  fromShown(shown: number): number;
  /** Of a change of many accounts, in the words of the form. */
  changeWord: string;
  /** @param amount - as the form has it */
  toChange(signal: string, amount: number): SignalChange;
}

const same = (value: number): number => value;
const plus = (toValue: (amount: number) => number) => (signal: string, amount: number) => ({
  signal,
  plus: toValue(amount),
});

/**
 * People say shares in per cent and trends as a growth; many accounts move by points where the unit
 * is a share or a mark of 100, else in proportion to what they have.
 */
export function toSignalUnit(unit: string): SignalUnit {
  if (unit.startsWith("share")) {
    const fromShown = (shown: number) => shown / 100;
    const word = unit.replace("share", "%");
    return {
      word,
      toShown: (value) => value * 100,
      fromShown,
      changeWord: "points",
      toChange: plus(fromShown),
    };
  }
  if (unit === "log ratio") {
    const fromShown = (shown: number) => Math.log1p(Math.max(-99, shown) / 100);
    return {
      word: "% growth",
      toShown: (value) => Math.expm1(value) * 100,
      fromShown,
      changeWord: "% growth",
      toChange: plus(fromShown),
    };
  }
  if (unit === "of 100") {
    return {
      word: unit,
      toShown: same,
      fromShown: same,
      changeWord: "points",
      toChange: plus(same),
    };
  }
  return {
    word: unit,
    toShown: same,
    fromShown: same,
    changeWord: "%",
    toChange: (signal, amount) => ({ signal, times: Math.max(0, 1 + amount / 100) }),
  };
}

/** The field of a signal. */
export const signalField = (key: string): string => `signal-${key}`;

function toAmount(text: string): number | null {
  if (text === "") return null;
  const amount = Number(text);
  if (!Number.isFinite(amount) || Math.abs(amount) > 1e9) {
    throw new Problem("invalid-request", "A signal changes by a number.");
  }
  return amount;
}

/** A signal that can be moved. */
export interface MovableSignal {
  key: string;
  label: string;
  unit: string;
  /** Of the account that is looked at, in `unit`; null when missing or when many are looked at. */
  value: number | null;
  /** What the population has, in `unit`: its lowest, typical and highest tenth. */
  typical: readonly [p10: number, median: number, p90: number] | null;
}

/**
 * Reads what the form does to signals: for one account what each becomes, for many by how much each
 * moves. What is empty or as it was stays.
 *
 * @throws {Problem} invalid-request
 */
export function parseSignalChanges(
  signals: readonly MovableSignal[],
  field: (name: string) => string,
  scope: "one" | "many",
): SignalChange[] {
  return signals.flatMap(({ key, unit, value }): SignalChange[] => {
    const amount = toAmount(field(signalField(key)));
    if (amount === null) return [];
    const { fromShown, toShown, toChange } = toSignalUnit(unit);
    if (scope === "many") return amount === 0 ? [] : [toChange(key, amount)];
    const isAsItWas = value !== null && roundShown(toShown(value)) === amount;
    return isAsItWas ? [] : [{ signal: key, to: fromShown(amount) }];
  });
}

/** What the form shows of a value, in as many digits as people type. */
export const roundShown = (shown: number): number => Math.round(shown * 10) / 10;
