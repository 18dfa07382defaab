import { toQuantity as quantityInWords } from "@telltale/scoring";

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const number = new Intl.NumberFormat("en");
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const tenth = new Intl.NumberFormat("en", { minimumFractionDigits: 0, maximumFractionDigits: 1 });
const fullTenth = new Intl.NumberFormat("en", {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});
const MINUTE = 60_000;

/** `12,345`. */
export const toWhole = (value: number): string => whole.format(value);

/** `1.2M`; for large counts. */
export const toCompact = (value: number): string => compact.format(value);

type MoneyStyle = "short" | "whole";

const moneyFormats = new Map<string, Intl.NumberFormat>();

/**
 * `€1.2M`, or in whole units `€1,200,000`.
 *
 * @param currency - ISO 4217; null: the bare number
 */
export function toMoney(value: number, currency: string | null, style: MoneyStyle): string {
  if (currency === null) return style === "short" ? toCompact(value) : toWhole(value);
  const key = `${currency} ${style}`;
  let format = moneyFormats.get(key);
  if (!format) {
    format = new Intl.NumberFormat("en", {
      style: "currency",
      currency,
      minimumFractionDigits: 0,
      ...(style === "short"
        ? { notation: "compact", maximumFractionDigits: 1 }
        : { maximumFractionDigits: 0 }),
    });
    moneyFormats.set(key, format);
  }
  return format.format(value);
}

/** As many decimals as there are, up to three. */
export const toNumber = (value: number): string => number.format(value);

/** At most one decimal. */
export const toTenth = (value: number): string => tenth.format(value);

/** Always one decimal, so that numbers stand in line under each other. */
export const toFullTenth = (value: number): string => fullTenth.format(value);

/** A score as people say it: a whole number. */
export const toScore = (score: number | null): string =>
  score === null ? "–" : String(Math.round(score));

/** @param share - 0–1 */
export const toPercent = (share: number): string => `${whole.format(share * 100)} %`;

/** `+4.2`, `−3`, with a real minus. */
export function toSigned(points: number): string {
  const rounded = Math.round(points * 10) / 10;
  if (rounded === 0) return "0";
  return `${rounded > 0 ? "+" : "−"}${tenth.format(Math.abs(rounded))}`;
}

/** `+4.0`, `−0.3`; for columns of numbers. */
export function toSignedTenth(points: number): string {
  const text = fullTenth.format(Math.abs(points));
  if (text === "0.0") return text;
  return `${points > 0 ? "+" : "−"}${text}`;
}

/** A calendar day in few letters: `14 Nov`. */
export const toShortDay = (day: string): string => formatDay(day, {});

/** A calendar day: `14 Nov 2026`. */
export const toLongDay = (day: string): string => formatDay(day, { year: "numeric" });

const formatDay = (day: string, options: Intl.DateTimeFormatOptions): string =>
  new Date(day).toLocaleDateString("en-GB", {
    timeZone: "UTC",
    day: "numeric",
    month: "short",
    ...options,
  });

/** `3 days`, `1 day`. */
export const toCount = (count: number, noun: string, plural = `${noun}s`): string =>
  `${toWhole(count)} ${count === 1 ? noun : plural}`;

/** `5 min ago`, `in 3 h`, `2 days ago`. */
export function toRelative(at: number, now: number): string {
  const ms = Math.abs(now - at);
  const minutes = Math.round(ms / MINUTE);
  const text =
    minutes < 60
      ? `${minutes} min`
      : minutes < 36 * 60
        ? `${Math.round(minutes / 60)} h`
        : toDays(Math.round(minutes / 1_440));
  if (minutes < 1) return "now";
  return at > now ? `in ${text}` : `${text} ago`;
}

function toDays(days: number): string {
  if (days <= 90) return toCount(days, "day");
  return days < 700
    ? toCount(Math.round(days / 30.4), "month")
    : `${tenth.format(days / 365)} years`;
}

/** A measured value in its unit, shares as per cent. */
export const toQuantity = (value: number, unit: string): string =>
  quantityInWords(value, unit, tenth.format);

/** A query string of what differs from empty, `?` included; empty when nothing does. */
export function toQuery(values: Record<string, string | number | null | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && value !== null && value !== "") query.set(name, String(value));
  }
  const text = query.toString();
  return text ? `?${text}` : "";
}
