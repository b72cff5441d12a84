import { describe, expect, test } from 'vitest';
import { textTable } from '../../lab/demo/text-table.ts';
import { wrapped } from '../../lab/demo/wrap.ts';

describe('a table', () => {
  test('is as wide as it comes, and tells null from empty', () => {
    expect(
      textTable(
        ['a', 'list'],
        [
          [null, ['x', 'y']],
          ['', []],
        ],
      ),
    ).toBe('  a     list\n  ────  ────\n  null  x, y\n\n');
  });

  test('fits a terminal: the widest columns go on below themselves, and no character is lost', () => {
    const long = 'the account is closed: AWS lets nobody read it';
    const table = textTable(
      ['who', 'key_type', 'why'],
      [['data', 'customer_managed_aws_material', long]],
      40,
    );
    expect(Math.max(...table.split('\n').map((line) => line.length))).toBeLessThanOrEqual(40);
    expect(table).toBe(
      [
        '  who   key_type         why',
        '  ────  ───────────────  ───────────────',
        '  data  customer_        the account is',
        '        managed_aws_     closed: AWS',
        '        material         lets nobody',
        '                         read it',
        '',
      ].join('\n'),
    );
  });

  test('stays readable where the columns cannot fit', () => {
    expect(textTable(['1', '2'], [['abcdefghij', 'abcdefghij']], 5)).toContain('  abcdefgh  abcdefgh\n');
  });

  test('of strangers has no control character', () => {
    expect(textTable(['name'], [['\u001b[31mred']])).toContain('�[31mred');
  });
});

test.each([
  ['one two', 7, ['one two']],
  ['one two', 3, ['one', 'two']],
  ['one two three', 8, ['one two', 'three']],
  ['blocked_by_policy', 10, ['blocked_', 'by_policy']],
  ['abcdefghij', 4, ['abcd', 'efgh', 'ij']],
  ['', 4, ['']],
])('%j in lines of %i', (text, width, lines) => {
  expect(wrapped(text, width)).toEqual(lines);
});
