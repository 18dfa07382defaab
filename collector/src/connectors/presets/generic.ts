import { createHash, createHmac } from "node:crypto";
import { losesDigits } from "../../lossy-number.ts";
import { isEqualText, isFresh } from "../equal-text.ts";
import type { SourceMapping } from "../mapping.ts";
import { readNumber, readPath, readText, readTime } from "../read-path.ts";
import { type InboundSignal, type Preset, toValue100 } from "../signal.ts";

/** Standard Webhooks in, read by a map of one's own. */
export function createGenericPreset(mapping: SourceMapping): Preset {
  return {
    isGenuine({ body, header, receivedAt }, secret) {
      const id = header("webhook-id") ?? "";
      const timestamp = header("webhook-timestamp") ?? "";
      const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
      const mac = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
      const signatures = (header("webhook-signature") ?? "").split(" ");
      return (
        isFresh(Number(timestamp || Number.NaN) * 1_000, receivedAt) &&
        signatures.some((signature) => isEqualText(signature, `v1,${mac}`))
      );
    },
    read(body, { receivedAt }) {
      const items = mapping.list === undefined ? body : readPath(body, mapping.list);
      return (Array.isArray(items) ? items : [items])
        .flatMap((item) => readMapped(item, mapping, new Date(receivedAt).toISOString()))
        .filter(isSignal);
    },
  };
}

/**
 * What one entry of a map makes of an object or row: a signal; `ignored`, where it has no outcome for
 * the word; `unreadable`, where the account, number or time is none.
 */
export type Reading = InboundSignal | "ignored" | "unreadable";

export const isSignal = (reading: Reading): reading is InboundSignal => typeof reading === "object";

/**
 * Reads one object or row by a map.
 *
 * @param now - the time of what has none, ISO 8601
 */
export function readMapped(item: unknown, mapping: SourceMapping, now: string): Reading[] {
  const { by, path, system } = mapping.account;
  const id = readText(item, path);
  if (id === null) return ["unreadable"];
  const account =
    by === "external" ? ({ by, id, system: system ?? "" } as const) : ({ by, id } as const);
  return mapping.signals.map((rule): Reading => {
    const at = rule.at === undefined ? now : readTime(item, rule.at);
    const value =
      typeof rule.value === "number"
        ? rule.value
        : rule.value === undefined
          ? null
          : readNumber(item, rule.value);
    if (rule.kind === "outcome") {
      const word = readText(item, rule.path) ?? "";
      const outcome = Object.hasOwn(rule.values, word) ? rule.values[word] : undefined;
      if (!outcome) return "ignored";
      return at === null ? "unreadable" : { kind: "outcome", account, outcome, at, value };
    }
    if (at === null || value === null) return "unreadable";
    if (rule.kind === "observation") {
      return { kind: "observation", account, series: rule.series, value, at };
    }
    if (rule.userId && losesDigits(readPath(item, rule.userId))) return "unreadable";
    const userId = (rule.userId && readText(item, rule.userId)) || `external:${id}`;
    const text = rule.text === undefined ? null : readText(item, rule.text);
    const { measure } = rule;
    const value100 = toValue100(measure, value, rule.scale);
    const stable = createHash("sha256").update(JSON.stringify([id, userId, measure, at]));
    return {
      kind: "response",
      account,
      measure,
      value,
      value100,
      userId,
      text,
      at,
      id: stable.digest("hex"),
    };
  });
}
