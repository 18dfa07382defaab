import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { SurveyContent } from "@telltale/protocol";
import { z } from "zod";
import { appearanceSchema, stepSchema } from "../../surveys/definition-schema.ts";

/** What the preview shows; the widget's own words are the server's. */
export type PreviewContent = Pick<SurveyContent, "name" | "key" | "steps" | "appearance">;

/** Most bytes of a preview, so that a small address never becomes a large page. */
const MOST_BYTES = 200_000;
/** Servers and proxies take addresses of 8 KB. */
const MOST_CHARACTERS = 7_000;

const schema = z.object({
  name: z.string().max(200),
  key: z.string().max(100),
  steps: z.array(stepSchema).min(1).max(6),
  appearance: appearanceSchema,
});

/** Content as a part of an address; null where it is too long for one. */
export function packContent({ name, key, steps, appearance }: PreviewContent): string | null {
  const text = JSON.stringify({ name, key, steps, appearance });
  const packed = deflateRawSync(text).toString("base64url");
  return packed.length > MOST_CHARACTERS ? null : packed;
}

/** @returns null for what {@link packContent} did not make */
export function unpackContent(packed: string): PreviewContent | null {
  try {
    const text = inflateRawSync(Buffer.from(packed, "base64url"), { maxOutputLength: MOST_BYTES });
    const parsed = schema.safeParse(JSON.parse(text.toString("utf8")));
    return parsed.success ? (parsed.data as PreviewContent) : null;
  } catch {
    return null;
  }
}
