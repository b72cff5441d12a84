import { type Data, DataType, type Field, TimeUnit, type Vector } from '@apache-arrow/esnext-esm';
import { status } from '@grpc/grpc-js';
import { Failure } from './failure.ts';
import { type OnNul, withoutNul, withoutNulEscape } from './nul.ts';
import { dateText, timestampText } from './timestamp.ts';

/** A PostgreSQL type for an Arrow type, and how its values are written as PostgreSQL's input. */
export interface PostgresType {
  /** As `format_type` prints it, so that it can be compared with what a table has. */
  readonly name: string;
  /** The text of the value in `row`, which is not null there. */
  readonly text: (values: Vector, row: number, onNul: OnNul) => string;
}

/** The type that the official PostgreSQL destination gives to a field, too. */
export function postgresType(field: Field): PostgresType {
  const type =
    extensionTypes[field.metadata.get('ARROW:extension:name') ?? ''] ??
    simpleTypes[field.type.toString()] ??
    parametricType(field);
  if (type) return type;
  throw new Failure(
    status.INVALID_ARGUMENT,
    `Column ${field.name} is of the Arrow type ${field.type}, which this destination does not write.`,
  );
}

const plain = (values: Vector, row: number): string => String(values.get(row));
const hex = (values: Vector, row: number): string => Buffer.from(values.get(row)).toString('hex');
const text: PostgresType = { name: 'text', text: (values, row, onNul) => withoutNul(values.get(row), onNul) };
const bytes: PostgresType = { name: 'bytea', text: (values, row) => `\\x${hex(values, row)}` };

/** By the name that CloudQuery gives to types that Arrow does not have. */
const extensionTypes: Readonly<Record<string, PostgresType>> = {
  json: {
    name: 'jsonb',
    text: (values, row, onNul) => withoutNulEscape(new TextDecoder().decode(values.get(row)), onNul),
  },
  uuid: { name: 'uuid', text: hex },
  inet: { name: 'inet', text: plain },
  mac: { name: 'macaddr', text: hex },
};

/** By Arrow's name. PostgreSQL has no unsigned integers: each goes into the next wider type. */
const simpleTypes: Readonly<Record<string, PostgresType>> = {
  Utf8: text,
  LargeUtf8: text,
  Bool: { name: 'boolean', text: plain },
  Int8: { name: 'smallint', text: plain },
  Uint8: { name: 'smallint', text: plain },
  Int16: { name: 'smallint', text: plain },
  Uint16: { name: 'integer', text: plain },
  Int32: { name: 'integer', text: plain },
  Uint32: { name: 'bigint', text: plain },
  Int64: { name: 'bigint', text: plain },
  Uint64: { name: 'numeric(20,0)', text: plain },
  Float32: { name: 'real', text: plain },
  Float64: { name: 'double precision', text: plain },
  Binary: bytes,
  LargeBinary: bytes,
};

function parametricType({ type }: Field): PostgresType | undefined {
  if (DataType.isFixedSizeBinary(type)) return bytes;
  if (DataType.isDate(type)) return { name: 'date', text: (values, row) => dateText(values.get(row)) };
  if (DataType.isTimestamp(type)) return timestamp(type.unit);
  if (DataType.isList(type)) return list(postgresType(type.children[0] as Field));
  return undefined;
}

const toMicroseconds: Readonly<Record<TimeUnit, (value: bigint) => bigint>> = {
  [TimeUnit.SECOND]: (value) => value * 1_000_000n,
  [TimeUnit.MILLISECOND]: (value) => value * 1000n,
  [TimeUnit.MICROSECOND]: (value) => value,
  [TimeUnit.NANOSECOND]: (value) => value / 1000n,
};

/** From Arrow's own integers: as JavaScript's number of milliseconds a time could lose a microsecond. */
function timestamp(unit: TimeUnit): PostgresType {
  return {
    name: 'timestamp without time zone',
    text: (values, row) => timestampText(toMicroseconds[unit](integers(values)[row] as bigint)),
  };
}

const integers = (values: Vector): BigInt64Array => (values.data[0] as Data).values;

/** PostgreSQL's array literal, as `{"a","say \"b\"",NULL}`. */
function list(element: PostgresType): PostgresType {
  const nested = element.name.endsWith('[]');
  const quote = (item: string): string => (nested ? item : `"${item.replace(/["\\]/g, '\\$&')}"`);
  return {
    name: nested ? element.name : `${element.name}[]`,
    text: (values, row, onNul) => {
      const items: Vector = values.get(row);
      const texts = Array.from({ length: items.length }, (_, i) =>
        items.isValid(i) ? quote(element.text(items, i, onNul)) : 'NULL',
      );
      return `{${texts.join(',')}}`;
    },
  };
}
