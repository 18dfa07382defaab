/**
 * The few messages of Postgres' wire protocol that a pipeline is made of. The driver would write each
 * parameter on its own; for groups of few events that takes longer than making them.
 *
 * @see https://www.postgresql.org/docs/current/protocol-message-formats.html
 * @module
 */

/** Prepared once a connection. */
export interface BulkStatement {
  name: string;
  text: string;
}

/** A statement and its parameters in binary form. */
export interface BulkStep {
  statement: BulkStatement;
  values?: Buffer[];
  /** What a `COPY … FROM STDIN (FORMAT binary)` reads. */
  copy?: Buffer;
}

function toMessage(type: string, ...parts: Buffer[]): Buffer[] {
  const head = Buffer.allocUnsafe(5);
  head.write(type, 0, "latin1");
  head.writeInt32BE(
    parts.reduce((sum, part) => sum + part.length, 4),
    1,
  );
  return [head, ...parts];
}

/** Ends a pipeline: what came before it is committed, or none of it. */
export const SYNC = Buffer.concat(toMessage("S"));
const COPY_DONE = Buffer.concat(toMessage("c"));
/** The unnamed portal, all its rows. */
const EXECUTE = Buffer.concat(toMessage("E", Buffer.alloc(5)));
/** No result columns are wanted in a form of their own. */
const NO_FORMATS = Buffer.alloc(2);

export function toParseMessage({ name, text }: BulkStatement): Buffer {
  return Buffer.concat(toMessage("P", Buffer.from(`${name}\0${text}\0`), Buffer.alloc(2)));
}

/** Binds and executes a step. */
export function toStepMessages({ statement, values = [], copy }: BulkStep): Buffer[] {
  const name = Buffer.from(`\0${statement.name}\0`);
  const counts = Buffer.allocUnsafe(6);
  // One format for all parameters: binary.
  counts.writeInt16BE(1, 0);
  counts.writeInt16BE(1, 2);
  counts.writeInt16BE(values.length, 4);
  const parts: Buffer[] = [name, counts];
  for (const value of values) {
    const length = Buffer.allocUnsafe(4);
    length.writeInt32BE(value.length, 0);
    parts.push(length, value);
  }
  const messages: Buffer[] = [...toMessage("B", ...parts, NO_FORMATS), EXECUTE];
  if (copy) messages.push(...toMessage("d", copy), COPY_DONE);
  return messages;
}
