import { type Data, DataType, type RecordBatch } from '@apache-arrow/esnext-esm';
import { status } from '@grpc/grpc-js';
import { Failure } from './failure.ts';

/**
 * Refuses a record whose buffers do not hold what its lengths promise. The reader in JavaScript takes such a record
 * for one of nulls and zeros; those of Go and Python, in which destinations are written, panic or refuse it.
 */
export function checkRecord({ schema, data }: RecordBatch): void {
  for (const [index, field] of schema.fields.entries()) {
    const column = data.children[index];
    const problem = column ? problemOf(column) : 'has no data';
    if (problem === null) continue;
    throw new Failure(
      status.INVALID_ARGUMENT,
      `The column ${field.name} of ${schema.metadata.get('cq:table_name')} ${problem}: this is no valid Arrow.`,
    );
  }
}

/** What is wrong with a column, or null. */
function problemOf(column: Data): string | null {
  const { type, length, nullCount, nullBitmap } = column;
  if (nullCount > length) return `has ${nullCount} nulls in ${length} rows`;
  if (nullCount > 0 && nullBitmap.byteLength < bytesOfBits(length)) return 'does not say which rows are null';
  if (nullCount > 0 && nullCount !== nullsIn(nullBitmap, length)) return 'counts other nulls than it has';
  if (length === 0) return null;
  if (DataType.isList(type)) {
    const items = column.children[0] as Data;
    return offsetsProblem(column, items.length) ?? problemOf(items);
  }
  if (DataType.isUtf8(type) || DataType.isBinary(type)) return offsetsProblem(column, column.values.length);
  const needed = DataType.isBool(type) ? bytesOfBits(length) : length * column.stride * bytesOfItem(column);
  const held = column.values.byteLength;
  return held < needed ? `holds ${held} bytes of values where ${length} rows need ${needed}` : null;
}

function offsetsProblem({ valueOffsets, length }: Data, end: number): string | null {
  if (valueOffsets.length < length + 1) return `has ${valueOffsets.length} offsets for ${length} rows`;
  for (let row = 0; row < length; row++) {
    if (valueOffsets[row] > valueOffsets[row + 1]) return `has an offset in row ${row} that goes back`;
  }
  return valueOffsets[length] > end ? `ends at ${valueOffsets[length]} in a buffer of ${end}` : null;
}

const bytesOfBits = (count: number): number => Math.ceil(count / 8);
const bytesOfItem = ({ values }: Data): number => values.BYTES_PER_ELEMENT;

function nullsIn(bitmap: Uint8Array, length: number): number {
  let nulls = 0;
  for (let row = 0; row < length; row++) {
    if ((((bitmap[row >> 3] as number) >> (row & 7)) & 1) === 0) nulls++;
  }
  return nulls;
}
