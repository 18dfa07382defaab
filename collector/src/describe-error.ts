import { DrizzleQueryError } from "drizzle-orm";
import { pino } from "pino";

/** Where the database repeats the values of a row. */
const TELLING = ["detail", "where"];

/**
 * An error as the log shows it. Drizzle repeats the values of a statement that failed in its message,
 * and they may be anybody's: its text and what the database said are kept instead, without the
 * details that name values too.
 */
export function describeError(error: Error): pino.SerializedError {
  return pino.stdSerializers.err(withoutValues(error));
}

function withoutValues(error: Error): Error {
  if (error instanceof DrizzleQueryError) {
    const said = error.cause ?? new Error("A statement failed.");
    const query = { value: error.query, enumerable: true };
    return Object.create(withoutValues(said), { query }) as Error;
  }
  const hidden: PropertyDescriptorMap = {};
  for (const name of TELLING) if (name in error) hidden[name] = { value: undefined };
  if (error.cause instanceof Error) hidden.cause = { value: withoutValues(error.cause) };
  return Object.create(error, hidden) as Error;
}
