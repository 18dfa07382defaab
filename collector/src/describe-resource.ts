import { createRoute, type z } from "@hono/zod-openapi";

/** An answer, or a request's body, of JSON. */
export const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  description,
  content: { "application/json": { schema } },
});

/** A body that must be there. */
export const body = <Schema extends z.ZodType>(schema: Schema) => ({
  required: true as const,
  content: { "application/json": { schema } },
});

/** A body that may be missing. */
export const optionalBody = <Schema extends z.ZodType>(schema: Schema) => ({
  required: false as const,
  content: { "application/json": { schema } },
});

/** What the OpenAPI document says of one route. */
interface Words {
  summary: string;
  description?: string;
  /** What its good answer is. */
  says: string;
}

/** A further answer, by its status. */
interface Conflict {
  409: { description: string };
}

/**
 * Describes the routes of a REST resource behind the secret key, so that each says only what is its
 * own: list and create under `path`, get, change, remove and further verbs under `one`.
 *
 * @param resource - `one` is `path` with the parameter of `params`; `missing` explains a 404
 */
export function describeResource<
  const Path extends string,
  const One extends string,
  Params extends z.ZodObject,
>(resource: { tag: string; path: Path; one: One; params: Params; missing: string }) {
  const { path, one, params } = resource;
  const notFound = { description: resource.missing };
  const shared = ({ summary, description }: Omit<Words, "says">) => ({
    tags: [resource.tag],
    security: [{ secretKey: [] }],
    summary,
    ...(description !== undefined && { description }),
  });

  return {
    list: <Query extends z.ZodObject, Answer extends z.ZodType>(
      route: Words & { query: Query; answer: Answer },
    ) =>
      createRoute({
        method: "get",
        path,
        ...shared(route),
        request: { query: route.query },
        responses: { 200: json(route.answer, route.says) },
      }),

    create: <Body extends z.ZodType, Answer extends z.ZodType>(
      route: Words & { body: Body; answer: Answer; also?: Conflict },
    ) =>
      createRoute({
        method: "post",
        path,
        ...shared(route),
        request: { body: body(route.body) },
        responses: { 201: json(route.answer, route.says), ...route.also },
      }),

    get: <Answer extends z.ZodType>(route: Words & { answer: Answer }) =>
      createRoute({
        method: "get",
        path: one,
        ...shared(route),
        request: { params },
        responses: { 200: json(route.answer, route.says), 404: notFound },
      }),

    change: <Body extends z.ZodType, Answer extends z.ZodType>(
      route: Words & { body: Body; answer: Answer },
    ) =>
      createRoute({
        method: "patch",
        path: one,
        ...shared(route),
        request: { params, body: body(route.body) },
        responses: { 200: json(route.answer, route.says), 404: notFound },
      }),

    remove: (route: Words) =>
      createRoute({
        method: "delete",
        path: one,
        ...shared(route),
        request: { params },
        responses: { 204: { description: route.says }, 404: notFound },
      }),

    /** Something else that is done to one of them: `POST one/verb`. */
    act: <const Verb extends string, Body extends z.ZodType, Answer extends z.ZodType>(
      verb: Verb,
      route: Words & {
        body: { required: boolean; content: { "application/json": { schema: Body } } };
        answer: Answer;
        also?: Conflict;
      },
    ) =>
      createRoute({
        method: "post",
        path: `${one}/${verb}` as `${One}/${Verb}`,
        ...shared(route),
        request: { params, body: route.body },
        responses: { 200: json(route.answer, route.says), 404: notFound, ...route.also },
      }),
  };
}
