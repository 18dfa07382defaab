import { z } from "@hono/zod-openapi";
import { plainText } from "../bulk.ts";

/** Most tags of one answer or request. */
export const MAX_TAGS = 10;

/** A tag as it is written everywhere: lower case, single blanks. */
export function toTag(text: string): string {
  return text.trim().toLowerCase().replace(/\s+/g, " ");
}

/** What something asks for, in one or a few words. */
export const tagSchema = plainText(40)
  .refine((text) => text === "" || toTag(text) !== "", "must not be empty")
  .overwrite(toTag);

/** Each tag once. */
export const tagsSchema = z
  .array(tagSchema)
  .max(MAX_TAGS, `must hold at most ${MAX_TAGS} tags`)
  .overwrite((tags) => [...new Set(tags)]);
