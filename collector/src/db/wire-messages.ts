/**
 * The few messages of Postgres' wire protocol that a pipeline is made of. The driver would write each
 * parameter on its own; for groups of few events that takes longer than making them.
 *
 * @see https://www.postgresql.org/docs/current/protocol-message-formats.html
 * @module
 */

import type { BinaryValue, BinaryWriter } from "./binary-writer.ts";

/** Prepared once a connection. */
export interface BulkStatement {
  name: string;
  text: string;
}

/** A statement and its parameters in binary form. */
export interface BulkStep {
  statement: BulkStatement;
  values?: BinaryValue[];
  /** What a `COPY … FROM STDIN (FORMAT binary)` reads. */
  copy?: BinaryValue;
}

function toMessage(type: string, ...parts: Buffer[]): Buffer {
  const head = Buffer.allocUnsafe(5);
  head.write(type, 0, "latin1");
  head.writeInt32BE(
    parts.reduce((sum, part) => sum + part.length, 4),
    1,
  );
  return Buffer.concat([head, ...parts]);
}

/** Ends a pipeline: what came before it is committed, or none of it. */
export const SYNC = toMessage("S");
const COPY_DONE = toMessage("c");
/** The unnamed portal, all its rows. */
const EXECUTE = toMessage("E", Buffer.alloc(5));
const BIND = Buffer.from("B");
const COPY_DATA = Buffer.from("d");

export function toParseMessage({ name, text }: BulkStatement): Buffer {
  return toMessage("P", Buffer.from(`${name}\0${text}\0`), Buffer.alloc(2));
}

/** Binds and executes a step. */
export function writeStep(writer: BinaryWriter, { statement, values = [], copy }: BulkStep): void {
  writer.rawBytes(BIND);
  const bind = writer.beginLength();
  writer.rawBytes(Buffer.from(`\0${statement.name}\0`));
  // One format for all parameters: binary.
  writer.rawInt16(1);
  writer.rawInt16(1);
  writer.rawInt16(values.length);
  for (const write of values) {
    const value = writer.beginLength();
    write(writer);
    writer.endLength(value);
  }
  // No result columns are wanted in a form of their own.
  writer.rawInt16(0);
  writer.endLength(bind, 4);
  writer.rawBytes(EXECUTE);
  if (!copy) return;
  writer.rawBytes(COPY_DATA);
  const copied = writer.beginLength();
  copy(writer);
  writer.endLength(copied, 4);
  writer.rawBytes(COPY_DONE);
}
