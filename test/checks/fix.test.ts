import { describe, expect, test } from 'vitest';
import { formatSarif } from '../../src/checks/format/sarif.ts';
import { formatTable } from '../../src/checks/format/table.ts';
import type { Finding, Fix } from '../../src/checks/model.ts';
import { checkOf, findingOf, reportOf, resultOf } from './findings.ts';

const open = checkOf('open', 'high');
const finding = (more: Partial<Finding>) => findingOf(open, '111122223333', more);
const display = { columns: null, colored: false };
const tableOf = (fix: Fix) => formatTable(reportOf(resultOf(open, [finding({ fix })])), 'medium', display);
const key = 'arn:aws:kms:us-east-1:111122223333:key/k';

/** As the tables have it. */
const fix = [
  {
    for: ['account 444455556666'],
    parties: 1,
    purpose: 'unlock',
    steps: [
      {
        kind: 'key_policy_statement',
        on: key,
        statement: { Effect: 'Allow', Action: 'kms:Decrypt' },
        command: null,
        why: 'The key does not admit it.',
      },
      {
        kind: 'enable_key',
        on: key,
        statement: null,
        command: 'aws kms enable-key\naws kms ls',
        why: 'It is off.',
      },
    ],
  },
  { for: ['a', 'b', 'c', 'd', 'e'], parties: 7, purpose: 'take_away', steps: [] },
];

describe('what a check says of mending one finding', () => {
  test('is printed under it, step by step, and what is copied stays on its line', () => {
    expect(tableOf(fix)).toContain(
      [
        '             Fix: To let in account 444455556666',
        `             1. The key does not admit it. (key policy statement, ${key})`,
        '                {"Effect":"Allow","Action":"kms:Decrypt"}',
        `             2. It is off. (enable key, ${key})`,
        '                aws kms enable-key',
        '                aws kms ls',
        '             Fix: To take it away from a, b, c, d and 3 more',
      ].join('\n'),
    );
  });

  test('is for nobody in particular where a key is kept or a setting is turned on', () => {
    const forNobody = (purpose: string) => [{ for: [], parties: 0, purpose, steps: [] }];
    expect(tableOf(forNobody('keep_key'))).toContain('\n             Fix: To keep the key\n');
    expect(tableOf(forNobody('turn_on'))).toContain('\n             Fix: To turn it on\n');
  });

  test('that findings share one after the other is printed once', () => {
    const uses = [fix, fix, 'another', null, 'another'].map((each) => finding({ fix: each }));
    const lines = formatTable(reportOf(resultOf(open, uses)), 'medium', display)
      .split('\n')
      .filter((line) => line.includes('Fix: '));
    expect(lines.map((line) => line.trim())).toEqual([
      'Fix: To let in account 444455556666',
      'Fix: To take it away from a, b, c, d and 3 more',
      'Fix: the same as of the one before',
      'Fix: another',
      'Fix: another',
    ]);
  });

  test('is a text, or an object, of a check of one’s own', () => {
    expect(tableOf('rotate it')).toContain('\n             Fix: rotate it\n');
    expect(tableOf({ command: 'aws kms enable-key-rotation' })).toContain(
      '\n             Fix: {"command":"aws kms enable-key-rotation"}\n',
    );
  });

  test('is told as it is where it is no fix as the tables have it', () => {
    const odd = [null, { steps: 'none' }, { steps: [null], purpose: 'unlock', for: ['a'] }] as unknown as Fix;
    expect(tableOf(odd)).toContain(
      ['Fix: null', 'Fix: {"steps":"none"}', 'Fix: To let in a'].join('\n             '),
    );
  });

  test('keeps control characters of strangers out', () => {
    const hostile = [{ ...fix[0], for: ['\u202e'], steps: [{ why: '\u001b[2J', command: 'a\u001bb' }] }];
    const text = tableOf(hostile);
    expect([text.includes('\u001b'), text.includes('\u202e')]).toEqual([false, false]);
  });

  test('is Markdown in SARIF, in which names stay text', () => {
    const sarif = (given: Fix | null) =>
      JSON.parse(
        formatSarif(reportOf(resultOf(open, [finding({ message: '*bold*', fix: given })])), 'medium'),
      ).runs[0].results[0].message;
    expect(sarif(null)).toEqual({ text: '*bold*' });
    const { text, markdown } = sarif(fix);
    expect(text).toBe('*bold*');
    expect(markdown).toContain('\\*bold\\*\n\n**To let in account 444455556666**\n\n1. The key');
    expect(markdown).toContain('```\naws kms enable-key\naws kms ls\n```');
    const fenced = sarif([{ ...fix[0], steps: [{ why: '<b>', command: '````\nrm' }] }]).markdown;
    expect(fenced).toContain('\\<b\\>');
    expect(fenced).toContain('`````\n````\nrm\n`````');
  });
});
