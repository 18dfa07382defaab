const POSTGRES_EPOCH_MS = 946_684_800_000;
const TWO_32 = 2 ** 32;
/** Up to here a loop over the characters beats the call into native code. */
const SHORT = 40;

const HEX = new Uint8Array(128);
for (let digit = 0; digit < 16; digit += 1) {
  const text = digit.toString(16);
  HEX[text.charCodeAt(0)] = digit;
  HEX[text.toUpperCase().charCodeAt(0)] = digit;
}

/** Writes values in the binary form in which Postgres receives them, each after its length. */
export interface BinaryWriter {
  /** A bigint, of a whole number up to 2^53. */
  bigint(value: number): void;
  boolean(value: boolean): void;
  text(value: string): void;
  jsonb(json: string): void;
  uuid(text: string): void;
  /** A date, as days since 2000-01-01. */
  date(days: number): void;
  /** A timestamptz, from milliseconds since the Unix epoch. */
  instant(ms: number): void;
  /** Bare numbers and bytes, without a length: for headers. */
  rawInt16(value: number): void;
  rawInt32(value: number): void;
  rawBytes(bytes: Uint8Array): void;
  /** Leaves room for a length, to be told when what it measures is written. */
  beginLength(): number;
  /**
   * @param place - what {@link beginLength} returned
   * @param more - bytes that count besides
   */
  endLength(place: number, more?: number): void;
  /** What was written; good until {@link reset}. */
  finish(): Buffer;
  /** Begins anew in the same memory. */
  reset(): void;
  /** Bytes of memory. */
  readonly capacity: number;
}

/** Writes one value in its binary form, without its length. */
export type BinaryValue = (writer: BinaryWriter) => void;

/** @param sizeHint - bytes to begin with; it grows as needed */
export function createBinaryWriter(sizeHint = 1_024): BinaryWriter {
  let buffer = Buffer.allocUnsafe(sizeHint);
  let at = 0;

  function reserve(bytes: number): void {
    if (at + bytes <= buffer.length) return;
    const grown = Buffer.allocUnsafe(Math.max(buffer.length * 2, at + bytes));
    buffer.copy(grown, 0, 0, at);
    buffer = grown;
  }

  /** The caller reserved the room. */
  function put32(value: number): void {
    buffer[at] = value >>> 24;
    buffer[at + 1] = value >>> 16;
    buffer[at + 2] = value >>> 8;
    buffer[at + 3] = value;
    at += 4;
  }

  function put64(value: number): void {
    reserve(12);
    put32(8);
    const high = Math.floor(value / TWO_32);
    put32(high);
    put32(value - high * TWO_32);
  }

  /** @returns bytes written from a place on */
  function putText(value: string, start: number): number {
    const { length } = value;
    if (length > SHORT) return buffer.write(value, start, "utf8");
    for (let index = 0; index < length; index += 1) {
      const code = value.charCodeAt(index);
      if (code > 127) return buffer.write(value, start, "utf8");
      buffer[start + index] = code;
    }
    return length;
  }

  return {
    bigint: put64,
    boolean(value) {
      reserve(5);
      put32(1);
      buffer[at] = value ? 1 : 0;
      at += 1;
    },
    text(value) {
      reserve(4 + value.length * 3);
      const bytes = putText(value, at + 4);
      put32(bytes);
      at += bytes;
    },
    jsonb(json) {
      reserve(5 + json.length * 3);
      const bytes = putText(json, at + 5) + 1;
      put32(bytes);
      // The version of the format; the rest is the text.
      buffer[at] = 1;
      at += bytes;
    },
    uuid(text) {
      reserve(20);
      put32(16);
      let high = -1;
      for (let index = 0; index < text.length; index += 1) {
        const code = text.charCodeAt(index);
        if (code === 45) continue;
        const digit = HEX[code] as number;
        if (high < 0) high = digit;
        else {
          buffer[at] = (high << 4) | digit;
          at += 1;
          high = -1;
        }
      }
    },
    date(days) {
      reserve(8);
      put32(4);
      put32(days);
    },
    instant: (ms) => put64((ms - POSTGRES_EPOCH_MS) * 1_000),
    rawInt16(value) {
      reserve(2);
      buffer[at] = value >>> 8;
      buffer[at + 1] = value;
      at += 2;
    },
    rawInt32(value) {
      reserve(4);
      put32(value);
    },
    rawBytes(bytes) {
      reserve(bytes.length);
      buffer.set(bytes, at);
      at += bytes.length;
    },
    beginLength() {
      reserve(4);
      at += 4;
      return at - 4;
    },
    endLength(place, more = 0) {
      const end = at;
      at = place;
      put32(end - place - 4 + more);
      at = end;
    },
    finish: () => buffer.subarray(0, at),
    reset() {
      at = 0;
    },
    get capacity() {
      return buffer.length;
    },
  };
}

/** Object ids of the element types, from Postgres' catalogue. */
const ELEMENT = { uuid: 2950, text: 25, bigint: 20, date: 1082, instant: 1184 } as const;

/** An array parameter: a column of rows. */
export function toBinaryArray<Row, Type extends keyof typeof ELEMENT>(
  type: Type,
  rows: readonly Row[],
  pick: (row: Row) => Parameters<BinaryWriter[Type]>[0],
): BinaryValue {
  return (writer) => {
    writer.rawInt32(rows.length === 0 ? 0 : 1);
    writer.rawInt32(0);
    writer.rawInt32(ELEMENT[type]);
    if (rows.length === 0) return;
    writer.rawInt32(rows.length);
    writer.rawInt32(1);
    const write = writer[type] as (value: string | number) => void;
    for (const row of rows) write(pick(row));
  };
}

const COPY_SIGNATURE = Buffer.from("PGCOPY\n\xff\r\n\0", "latin1");

/**
 * What `COPY … FROM STDIN (FORMAT binary)` reads.
 *
 * @param columns - how many values {@link write} writes a row
 */
export function toBinaryCopy<Row>(
  rows: readonly Row[],
  columns: number,
  write: (writer: BinaryWriter, row: Row) => void,
): BinaryValue {
  return (writer) => {
    writer.rawBytes(COPY_SIGNATURE);
    writer.rawInt32(0);
    writer.rawInt32(0);
    for (const row of rows) {
      writer.rawInt16(columns);
      write(writer, row);
    }
    writer.rawInt16(-1);
  };
}
