import { describe, expect, test } from 'vitest';
import { formatTable } from '../../src/checks/format/table.ts';
import type { CheckResult } from '../../src/checks/model.ts';
import { checkOf, findingOf, reportOf, resultOf } from './findings.ts';

const data = '222222222222';
const compute = '333333333333';
const open = checkOf('key-public', 'critical');
const rotation = checkOf('rotation-off', 'medium');
const quiet = checkOf('policy-not-understood', 'medium');
const report = reportOf(
  resultOf(open, [
    findingOf(open, data, { accountName: 'data, of a department with a long name' }),
    findingOf(open, compute, { status: 'unknown' }),
  ]),
  resultOf(rotation, [
    findingOf(rotation, compute),
    findingOf(rotation, compute),
    findingOf(rotation, null, { region: null, resource: null }),
  ]),
  resultOf(quiet),
);

const terminal = { columns: 60, colored: false };
const lines = (columns: number | null, colored = false) =>
  formatTable(report, 'medium', { columns, colored }).split('\n');

test('begins with what there is by severity and by account, and what to do first', () => {
  expect(lines(60).slice(0, 18)).toEqual([
    'severity      violations  not known  checks clean',
    'critical               1          1        0 of 1',
    'medium                 3          .        1 of 2',
    '',
    'account                 critical  high  medium  low  unknown',
    '222222222222 data, of…         1     .       .    .        .',
    '333333333333                   .     .       2    .        1',
    'no single one                  .     .       1    .        .',
    '',
    'What to do first',
    ' 1. critical key-public',
    '    1 violation in 1 account. Change the policy of the thing',
    '    that key-public names, then look again.',
    ' 2. medium rotation-off',
    '    3 violations in 1 account. Change the policy of the',
    '    thing that rotation-off names, then look again.',
    '',
    'CRITICAL  key-public: 1 violation, 1 not known',
  ]);
});

test('of one severity, who is let in or locked out goes before any number of others', () => {
  const results = (['rest', 'locked_out', 'public', 'deletion_in_use'] as const).map((urgency, i) => {
    const check = checkOf(`check-${urgency}`, 'high', { urgency });
    return resultOf(
      check,
      Array.from({ length: 4 - i }, () => findingOf(check, data)),
    );
  });
  const text = formatTable(reportOf(...results), 'medium', terminal);
  expect([...text.matchAll(/\d\. high check-(\w+)/g)].map(([, urgency]) => urgency)).toEqual([
    'public',
    'deletion_in_use',
    'locked_out',
    'rest',
  ]);
});

test('ends with the verdict', () => {
  expect(lines(60).at(-2)).toBe('Violations: 4 at or above medium. Not all was seen: there may be more.');
});

describe('the width', () => {
  test('of a terminal is kept by all words that are not longer themselves', () => {
    const long = lines(60).filter((line) => line.length > 60);
    // An ARN and the verdict stay whole: they are searched for.
    expect(long.filter((line) => !/arn:|^Violations:/.test(line))).toEqual([]);
  });

  test('of a pipe breaks no message', () => {
    const text = 'many words '.repeat(20).trim();
    const piped = formatTable(
      reportOf(resultOf(open, [findingOf(open, data, { message: text })])),
      'medium',
      { columns: null, colored: false },
    );
    expect(piped).toContain(`\n             ${text}\n`);
  });
});

test('colours are there when asked for, and change no other character', () => {
  const colored = lines(60, true).join('\n');
  expect(colored).toContain('\u001b[');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what colours are made of
  expect(colored.replaceAll(/\u001b\[\d+m/g, '')).toBe(lines(60).join('\n'));
});

test('more accounts than fit on a screen are counted', () => {
  const many = Array.from({ length: 13 }, (_, i) => findingOf(rotation, String(100000000000 + i)));
  const text = formatTable(reportOf(resultOf(rotation, many)), 'medium', terminal);
  expect(text).toContain('\n… and 3 accounts more: --account ID shows one of them\n');
});

test('without violations it says what was not seen', () => {
  const gap = { kind: 'incomplete', table: '*', message: 'account 444444444444, failed: no role' } as const;
  const text = formatTable(reportOf(resultOf(rotation, [], { gaps: [gap] })), 'medium', terminal);
  expect(text).toContain(
    '\nWhat to see to first\n    Not all was seen: account 444444444444, failed: no role\n',
  );
});

test('what was not asked is one line, and not clean', () => {
  const unasked = { message: 'nobody asked: turn it on', count: 5_322 };
  const result = resultOf(rotation, [], { notAsked: [unasked] });
  const text = formatTable(reportOf(result), 'medium', { columns: null, colored: false });
  expect(text).toContain(
    '\nMEDIUM    rotation-off: not asked\n          not asked: nobody asked: turn it on (5322 answers not known)\n',
  );
  expect(text).toContain('\nNot known: no violations');
});

describe('public keys', () => {
  const asked = checkOf('key-public', 'critical', { urgency: 'public' });
  const of = (result: CheckResult) =>
    formatTable(reportOf(result, resultOf(rotation, [findingOf(rotation, data)])), 'medium', {
      columns: null,
      colored: false,
    }).split('\n');
  const unknown = findingOf(asked, data, { status: 'unknown' });
  const gap = { kind: 'incomplete', table: '*', message: 'no role' } as const;

  test('are told by their number in the first line and in the verdict', () => {
    const open30 = Array.from({ length: 30 }, () => findingOf(asked, data));
    const lines = of(resultOf(asked, [...open30, unknown]));
    expect(lines[0]).toBe('Public keys: 30, open to anyone in any AWS account; of 1 key it is not known');
    expect(lines.at(-2)).toMatch(/^Violations: 31 at or above medium, 30 of them public keys\./);
  });

  test('are none only where that is known', () => {
    expect(of(resultOf(asked))[0]).toBe('Public keys: none');
    expect(of(resultOf(asked)).at(-2)).toBe('Violations: 1 at or above medium.');
    expect(of(resultOf(asked, [unknown]))[0]).toBe('Public keys: none found; of 1 key it is not known');
    expect(of(resultOf(asked, [], { gaps: [gap] }))[0]).toBe('Public keys: none found; not all was seen');
  });

  test('that are waived are told, and not counted', () => {
    const waiver = { number: 1, check: asked.id, about: {}, reason: 'x', owner: null, expires: null };
    const waived = [{ finding: findingOf(asked, data), waiver }];
    const lines = of(resultOf(asked, [], { waived }));
    expect(lines[0]).toBe('Public keys: none found; 1 waived');
    expect(lines.at(-2)).not.toContain('public');
  });
});
