import type { createRoute } from "@hono/zod-openapi";
import { distance } from "fastest-levenshtein";
import { z } from "zod";

type Route = ReturnType<typeof createRoute>;
type JsonSchema = z.core.JSONSchema.JSONSchema;
type Described = { content?: Record<string, unknown> } | undefined;

/** A field that nothing reads. */
interface UnknownField {
  path: string[];
  detail: string;
}

/** Letters that differ, at most, between a field and a slip of it. */
const MOST_SLIPS = 2;

/**
 * The fields of a body that its check left out, since nothing reads them: a slip in the name of one
 * that may be missing would else be taken without a word. A change may hold what the answer holds, as it was read before, though not
 * all of that can be changed.
 *
 * @param body - as it was sent, and as it was checked
 */
export function findUnknownFields(
  route: Pick<Route, "method" | "request" | "responses">,
  body: { given: unknown; checked: unknown },
): UnknownField[] {
  const dropped = findDropped(body.given, body.checked);
  if (dropped.length === 0) return [];
  const taken = toJsonSchema(route.request?.body);
  const isChange = route.method === "patch" || route.method === "put";
  const answers = Object.values(route.responses).map((answer) => toJsonSchema(answer as Described));
  return dropped.flatMap((path): UnknownField[] => {
    const [holder, name = ""] = [path.slice(0, -1), path.at(-1)];
    if (isChange && answers.some((answer) => fieldsAt(answer, holder).includes(name))) return [];
    const nearest = findNearest(name, fieldsAt(taken, holder));
    const question = nearest ? ` Did you mean ${nearest}?` : "";
    return [{ path, detail: `is no field here.${question}` }];
  });
}

function findDropped(given: unknown, checked: unknown, path: readonly string[] = []): string[][] {
  if (!isHolder(given) || !isHolder(checked)) return [];
  // Of a list that was tidied, the entries are not where they were.
  if (Array.isArray(given) && given.length !== checked.length) return [];
  return Object.entries(given).flatMap(([name, value]) =>
    Object.hasOwn(checked, name)
      ? findDropped(value, checked[name], [...path, name])
      : [[...path, name]],
  );
}

const isHolder = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

function toJsonSchema(described: Described): JsonSchema {
  const { schema } = (described?.content?.["application/json"] ?? {}) as { schema?: unknown };
  if (!(schema instanceof z.ZodType)) return {};
  return z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
}

/** The names of the fields at a path, of all forms that a value there may have. */
function fieldsAt(schema: JsonSchema, path: readonly string[]): string[] {
  const forms = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  const [step, ...rest] = path;
  const next = step === undefined ? undefined : (schema.properties?.[step] ?? schema.items);
  return [
    ...forms.flatMap((form) => fieldsAt(form as JsonSchema, path)),
    ...(step === undefined ? Object.keys(schema.properties ?? {}) : []),
    ...(next === undefined ? [] : fieldsAt(next as JsonSchema, rest)),
  ];
}

function findNearest(name: string, fields: readonly string[]): string | undefined {
  const slipsOf = (field: string) => distance(name.toLowerCase(), field.toLowerCase());
  return fields
    .filter((field) => slipsOf(field) <= MOST_SLIPS)
    .sort((a, b) => slipsOf(a) - slipsOf(b))[0];
}
