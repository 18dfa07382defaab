import {
  MAX_DEPTH,
  MAX_NAME_LENGTH,
  MAX_PROPERTIES,
  MAX_STRING_LENGTH,
  type RejectionCode,
} from "@telltale/protocol";
import { toPointer } from "../http.ts";

export interface JsonFault {
  code: RejectionCode;
  detail: string;
}

/** Keys that would change the prototype of an object they are copied into. */
const UNSAFE_KEYS = ["__proto__", "constructor", "prototype"];

function faultOfText(text: string, path: PropertyKey[]): JsonFault | null {
  if (text.includes("\u0000")) {
    return { code: "invalid_text", detail: `${toPointer(path)} holds a NUL character; remove it` };
  }
  if (!text.isWellFormed()) {
    return {
      code: "invalid_text",
      detail: `${toPointer(path)} holds half a surrogate pair; send well-formed Unicode`,
    };
  }
  return null;
}

/**
 * Looks through a value from `JSON.parse` for what Postgres would refuse or what would be too much.
 * Keys that could poison a prototype are deleted in place.
 *
 * @param path - where the value stands in its message
 * @returns the first fault, or null
 */
export function inspectJson(value: unknown, path: PropertyKey[], depth = 1): JsonFault | null {
  if (typeof value === "string") {
    if (value.length > MAX_STRING_LENGTH) {
      return {
        code: "too_large",
        detail: `${toPointer(path)} has ${value.length} characters; at most ${MAX_STRING_LENGTH}`,
      };
    }
    return faultOfText(value, path);
  }
  if (typeof value === "number" && !Number.isFinite(value)) {
    return { code: "invalid_field", detail: `${toPointer(path)} is not a finite number` };
  }
  if (typeof value !== "object" || value === null) return null;
  if (depth > MAX_DEPTH) {
    return { code: "too_deep", detail: `${toPointer(path)} is nested deeper than ${MAX_DEPTH}` };
  }
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const fault = inspectJson(item, [...path, index], depth + 1);
      if (fault) return fault;
    }
    return null;
  }
  return inspectObject(value as Record<string, unknown>, path, depth);
}

function inspectObject(
  object: Record<string, unknown>,
  path: PropertyKey[],
  depth: number,
): JsonFault | null {
  for (const unsafe of UNSAFE_KEYS) {
    if (Object.hasOwn(object, unsafe)) delete object[unsafe];
  }
  const keys = Object.keys(object);
  if (keys.length > MAX_PROPERTIES) {
    return {
      code: "too_large",
      detail: `${toPointer(path)} has ${keys.length} keys; at most ${MAX_PROPERTIES}`,
    };
  }
  for (const key of keys) {
    if (key.length > MAX_NAME_LENGTH) {
      return { code: "too_large", detail: `a key in ${toPointer(path)} is too long` };
    }
    const fault = faultOfText(key, path) ?? inspectJson(object[key], [...path, key], depth + 1);
    if (fault) return fault;
  }
  return null;
}
