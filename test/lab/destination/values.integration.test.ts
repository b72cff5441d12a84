import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SyncResult } from '../../../lab/sync.ts';
import { type Lab, openLab } from './lab.ts';
import type { ColumnType, Script } from './script.ts';

const UUID = '0f3b2c1d-0000-4000-8000-00000000abcd';
/** JavaScript's own escapes only, so that what PostgreSQL prints can be read beside it. */
const HOSTILE =
  'tab\t line\n return\r back\\slash \\N \\. \\t "quoted" \'single\' {brace, comma} NULL é 鍵 🔑 \u0001\u007f\u2028';

/** Each column: its type, PostgreSQL's name of it, then values as the source has them and as PostgreSQL prints them. */
const columns: Record<string, [ColumnType, string, ...[unknown, string][]]> = {
  text: [
    'text',
    'text',
    ['plain', 'plain'],
    ['', ''],
    ['\\N', '\\N'],
    [HOSTILE, HOSTILE],
    [' padded ', ' padded '],
  ],
  boolean: ['boolean', 'boolean', [true, 't'], [false, 'f']],
  smallint: ['smallint', 'smallint', [-32768, '-32768'], [0, '0'], [32767, '32767']],
  integer: ['integer', 'integer', [-2147483648, '-2147483648'], [2147483647, '2147483647']],
  bigint: [
    'bigint',
    'bigint',
    ['-9223372036854775808', '-9223372036854775808'],
    ['9007199254740993', '9007199254740993'],
  ],
  unsigned: ['unsigned', 'numeric(20,0)', ['18446744073709551615', '18446744073709551615'], ['0', '0']],
  double: [
    'double',
    'double precision',
    [0.1, '0.1'],
    [-1e300, '-1e+300'],
    ['NaN', 'NaN'],
    ['-Infinity', '-Infinity'],
  ],
  real: ['real', 'real', [0.1, '0.1'], [3.5, '3.5']],
  timestamp: [
    'timestamp',
    'timestamp without time zone',
    [1732445696123.456, '2024-11-24 10:54:56.123456'],
    [0.001, '1970-01-01 00:00:00.000001'],
    [-0.001, '1969-12-31 23:59:59.999999'],
    [-62135596800000, '0001-01-01 00:00:00'],
    [253402300800000, '10000-01-01 00:00:00'],
  ],
  milliseconds: ['milliseconds', 'timestamp without time zone', [1732445696123, '2024-11-24 10:54:56.123']],
  date: ['date', 'date', ['2024-02-29', '2024-02-29'], ['1969-12-31', '1969-12-31']],
  json: [
    'json',
    'jsonb',
    [{ b: [1, null, 'x'], a: {} }, '{"a": {}, "b": [1, null, "x"]}'],
    ['', '""'],
    [{ deep: 'a"b\\c\n\t \\u0000 é' }, '{"deep": "a\\"b\\\\c\\n\\t \\\\u0000 é"}'],
    [[], '[]'],
  ],
  uuid: ['uuid', 'uuid', [UUID, UUID]],
  bytes: ['bytes', 'bytea', ['', '\\x'], ['00ff5c', '\\x00ff5c']],
  texts: [
    'text[]',
    'text[]',
    [[], '{}'],
    [['a', null, ''], '{a,NULL,""}'],
    [['NULL', '"', '\\', '{},', ' ', 'a\nb\tc'], '{"NULL","\\"","\\\\","{},"," ","a\nb\tc"}'],
  ],
  bigints: [
    'bigint[]',
    'bigint[]',
    [['1', null, '-9007199254740993'], '{1,NULL,-9007199254740993}'],
    [[], '{}'],
  ],
  booleans: ['boolean[]', 'boolean[]', [[true, null, false], '{t,NULL,f}']],
  uuids: ['uuid[]', 'uuid[]', [[UUID, null], `{${UUID},NULL}`]],
  jsons: ['json[]', 'jsonb[]', [[{ a: '"\\' }, null], '{"{\\"a\\": \\"\\\\\\"\\\\\\\\\\"}",NULL}']],
  times: ['timestamp[]', 'timestamp without time zone[]', [[0, null], '{"1970-01-01 00:00:00",NULL}']],
};

const rowCount = Math.max(...Object.values(columns).map(([, , ...values]) => values.length));

/** Row by row, the source's values. */
const rows = Array.from({ length: rowCount + 1 }, (_, row) => ({
  row,
  ...Object.fromEntries(
    Object.entries(columns).flatMap(([name, [, , ...values]]) =>
      values[row] ? [[name, values[row][0]]] : [],
    ),
  ),
}));

const script: Script = {
  tables: [
    {
      name: 'every_type',
      columns: {
        row: 'integer',
        ...Object.fromEntries(Object.entries(columns).map(([n, [type]]) => [n, type])),
      },
      primaryKey: ['row'],
    },
    { name: 'with_nul', columns: { id: 'text', list: 'text[]', json: 'json' } },
  ],
  steps: [
    { insert: 'every_type', rows },
    {
      insert: 'with_nul',
      rows: [
        { id: 'a\0b', list: ['\0', 'c\0'], json: { 'k\0': '\0\0x', kept: '\\u0000' } },
        { id: '\0', list: [], json: '\\\0' },
      ],
    },
  ],
};

let lab: Lab;
let result: SyncResult;
beforeAll(async () => {
  lab = await openLab();
  result = await lab.sync(script);
  expect(result.code, result.stderr).toBe(0);
});
afterAll(() => lab.stop());

test('the CLI counts every row and no error', () => {
  expect(result).toMatchObject({
    code: 0,
    summaries: [{ resources: rows.length + 2, destination_errors: 0 }],
  });
});

describe.each(Object.entries(columns))('%s', (name, [, postgresType, ...values]) => {
  test(`is a column of type ${postgresType}`, async () => {
    expect(
      await lab.printed(
        `SELECT format_type(atttypid, atttypmod) FROM pg_attribute
         WHERE attrelid = 'every_type'::regclass AND attname = '${name}'`,
      ),
    ).toEqual([[postgresType]]);
  });

  test('keeps every value, and null where there is none', async () => {
    const printed = await lab.printed(`SELECT "${name}" FROM every_type ORDER BY row`);
    const wanted = rows.map(({ row }) => [values[row]?.[1] ?? null]);
    expect(printed).toEqual(wanted);
  });
});

test('what CloudQuery adds is there', async () => {
  expect(await lab.printed('SELECT DISTINCT _cq_source_name, _cq_sync_time IS NULL FROM every_type')).toEqual(
    [['scripted', 'f']],
  );
});

test('NUL characters, which PostgreSQL cannot store, are left out with one warning for each column', async () => {
  expect(await lab.printed('SELECT id, list, json FROM with_nul')).toEqual([
    ['ab', '{"",c}', '{"k": "x", "kept": "\\\\u0000"}'],
    ['', '{}', '"\\\\"'],
  ]);
  const warnings = result.log.filter((line) => line.level === 'warn').map((line) => line.message);
  expect(warnings).toEqual(
    ['id', 'list', 'json'].map(
      (column) => `NUL characters were left out of with_nul.${column}: PostgreSQL cannot store them`,
    ),
  );
});
