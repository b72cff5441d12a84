import { type Data, DataType, makeData } from '@apache-arrow/esnext-esm';

/**
 * A column as Arrow lays it out in memory. Its own builders do the same value by value, at several times the CPU: here
 * all texts of a column are encoded at once.
 * @param values null, or what Arrow's builders take: bigint for 64 bits, milliseconds for times; for binary its text
 * @throws Error for a type that no column has
 */
export function vectorOf(type: DataType, values: readonly unknown[]): Data {
  const { length } = values;
  const column = { length, ...validityOf(values) };
  if (DataType.isUtf8(type)) return makeData({ type, ...column, ...encoded(values as Texts) });
  if (DataType.isBinary(type)) return makeData({ type, ...column, ...encoded(values as Texts) });
  if (DataType.isBool(type))
    return makeData({ type, ...column, data: bits(values, (value) => value === true) });
  if (DataType.isInt(type))
    return makeData({ type, ...column, data: filled(new type.ArrayType(length), values) });
  if (DataType.isFloat(type))
    return makeData({ type, ...column, data: filled(new type.ArrayType(length), values) });
  if (DataType.isTimestamp(type)) {
    return makeData({ type, ...column, data: filled(new BigInt64Array(length), values, microseconds) });
  }
  if (DataType.isFixedSizeBinary(type))
    return makeData({ type, ...column, data: sized(type.byteWidth, values) });
  if (DataType.isList(type)) {
    const lists = values as Optional<readonly unknown[]>;
    const child = vectorOf(
      type.valueType,
      lists.flatMap((list) => list ?? []),
    );
    return makeData({ type, ...column, valueOffsets: offsets(lists, ({ length }) => length), child });
  }
  throw new Error(`No column is of Arrow's type ${type}`);
}

type Optional<T> = readonly (T | null)[];
type Texts = Optional<string>;

/** Where values are; Arrow has no bitmap of a column that has all. */
function validityOf(values: Optional<unknown>): { nullCount: number; nullBitmap?: Uint8Array } {
  let nullCount = 0;
  for (const value of values) if (value === null) nullCount += 1;
  return nullCount === 0 ? { nullCount } : { nullCount, nullBitmap: bits(values, (value) => value !== null) };
}

function encoded(texts: Texts): { data: Uint8Array; valueOffsets: Int32Array } {
  const all = texts.join('');
  const data = Buffer.from(all);
  // A byte for each character: so it is in most columns.
  if (data.length === all.length) return { data, valueOffsets: offsets(texts, ({ length }) => length) };
  const each = texts.map((text) => (text === null ? null : Buffer.from(text)));
  return {
    data: Buffer.concat(each.filter((bytes) => bytes !== null)),
    valueOffsets: offsets(each, ({ length }) => length),
  };
}

/** Where each value begins, and where the last one ends. */
function offsets<T>(values: Optional<T>, lengthOf: (value: T) => number): Int32Array {
  const result = new Int32Array(values.length + 1);
  let end = 0;
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] ?? null;
    if (value !== null) end += lengthOf(value);
    result[row + 1] = end;
  }
  return result;
}

const same = (value: unknown): unknown => value;
const microseconds = (milliseconds: unknown): unknown => BigInt((milliseconds as number) * 1000);

/** Nulls are zero. */
function filled<A extends { [row: number]: unknown }>(
  array: A,
  values: Optional<unknown>,
  written: (value: unknown) => unknown = same,
): A {
  for (let row = 0; row < values.length; row += 1) {
    if (values[row] !== null) (array as { [row: number]: unknown })[row] = written(values[row]);
  }
  return array;
}

function sized(width: number, values: Optional<unknown>): Uint8Array {
  const result = new Uint8Array(values.length * width);
  for (let row = 0; row < values.length; row += 1) {
    if (values[row] !== null) result.set(values[row] as Uint8Array, row * width);
  }
  return result;
}

/** A bit for each value, the first one lowest, in whole 64 bytes, as Arrow advises. */
function bits(values: Optional<unknown>, isSet: (value: unknown) => boolean): Uint8Array {
  const result = new Uint8Array(Math.ceil(values.length / 512) * 64);
  for (let row = 0; row < values.length; row += 1) {
    if (isSet(values[row])) result[row >> 3] = (result[row >> 3] ?? 0) | (1 << (row & 7));
  }
  return result;
}
