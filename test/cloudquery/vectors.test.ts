import {
  type DataType,
  Field,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  vectorFromArray,
} from '@apache-arrow/esnext-esm';
import { describe, expect, test } from 'vitest';
import { arrowTypes, type Kind } from '../../src/cloudquery/kinds.ts';
import { vectorOf } from '../../src/cloudquery/vectors.ts';
import fc from '../random.ts';

const halvesOfOneCharacter = fc.constantFrom('\uD83E', '\uDDC0');
const anyText = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), halvesOfOneCharacter);

/** What a column of each kind may hold beside null. */
const anyValue: Readonly<Record<Kind, fc.Arbitrary<unknown>>> = {
  text: anyText,
  boolean: fc.boolean(),
  integer: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  unsigned: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  number: fc.double(),
  timestamp: fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 }),
  text_list: fc.array(anyText),
  json: anyText,
  uuid: fc.uint8Array({ minLength: 16, maxLength: 16 }),
};

/** The message that a column gives alone. */
function message(type: DataType, column: ReturnType<typeof vectorOf>): string {
  const fields = [new Field('column', type, true)];
  const struct = new Struct(fields);
  const rows = makeData({ type: struct, length: column.length, nullCount: 0, children: [column] });
  const writer = new RecordBatchStreamWriter();
  writer.write(new RecordBatch(new Schema(fields), rows));
  return Buffer.from(writer.finish().toUint8Array(true)).toString('hex');
}

/** By Arrow's own builders, which take bytes for JSON. */
function built(kind: Kind, values: readonly unknown[]): string {
  const type = arrowTypes[kind];
  const bytes = (text: unknown) => (text === null ? null : Buffer.from(String(text)));
  const [column] = vectorFromArray(kind === 'json' ? values.map(bytes) : [...values], type).data;
  return message(type, column ?? makeData({ type, length: 0 }));
}

describe.each(Object.keys(anyValue) as Kind[])(
  "a column of %s has the bytes that Arrow's builders give",
  (kind) => {
    const type = arrowTypes[kind];
    const anyColumn = fc.array(fc.option(anyValue[kind], { freq: 3 }), { maxLength: 70 });

    test('whatever it holds', () => {
      fc.assert(
        fc.property(anyColumn, (values) => {
          expect(message(type, vectorOf(type, values))).toBe(built(kind, values));
        }),
      );
    });

    test('with a row more than a bitmap of 64 bytes has bits', () => {
      fc.assert(
        fc.property(anyColumn, (some) => {
          const values = Array.from({ length: 513 }, (_, row) => some[row % some.length] ?? null);
          expect(message(type, vectorOf(type, values))).toBe(built(kind, values));
        }),
        { numRuns: 5 },
      );
    });
  },
);
