import { describe, expect, test } from 'vitest';
import { formatJson } from '../../src/checks/format/json.ts';
import { formatJunit } from '../../src/checks/format/junit.ts';
import { formatSarif } from '../../src/checks/format/sarif.ts';
import { formatTable } from '../../src/checks/format/table.ts';
import type { Finding, Report } from '../../src/checks/model.ts';
import { isIncomplete, verdictOf } from '../../src/checks/verdict.ts';
import { parseWaivers } from '../../src/checks/waivers/parse.ts';
import { sortOut, waiverWarnings } from '../../src/checks/waivers/waive.ts';
import { checkOf, findingOf, reportOf, resultOf } from './findings.ts';

const data = '222222222222';
const vendor = '999988887777';
const open = checkOf('key-usable-outside-organization', 'high');
const ids = [open.id, 'unused-key'];
const keyArn = `arn:aws:kms:us-east-1:${data}:key/lake`;
const parse = (text: string) => parseWaivers(text, ids);
const today = '2026-11-30';

describe('a file of waivers', () => {
  test('is a list, in which account ids stay as they are written', () => {
    expect(
      parse(`
- check: unused-key
  account: 012345678901
  reason: a copy for emergencies
- check: key-usable-*
  key: '*'
  principal: ${vendor}
  reason: ' the auditor '
  owner: treasury
  expires: 2027-02-28
`),
    ).toEqual([
      {
        number: 1,
        check: 'unused-key',
        about: { account: '012345678901' },
        reason: 'a copy for emergencies',
        owner: null,
        expires: null,
      },
      {
        number: 2,
        check: 'key-usable-*',
        about: { key: '*', principal: vendor },
        reason: 'the auditor',
        owner: 'treasury',
        expires: '2027-02-28',
      },
    ]);
  });

  test('may be empty', () => expect(parse('# none\n')).toEqual([]));

  test.each([
    ['check: unused-key', 'the file is no list of waivers (`- check: …`).'],
    ['- unused-key', 'waiver 1 is no mapping.'],
    ['- reason: x', 'waiver 1 names no `check`.'],
    ['- check: unused-key', 'waiver 1 gives no `reason`.'],
    ['- {check: unused-key, reason: ""}', 'waiver 1 has no text in `reason`.'],
    ['- {check: unused-key, reason: [x]}', 'waiver 1 has no text in `reason`.'],
    ['- {check: unused, reason: x}', 'waiver 1 is about unused, which is no check.'],
    [
      '- {check: "*", reason: x}',
      'waiver 1 would waive all of `*`: say of which key, bucket, resource, account, principal.',
    ],
    [
      '- {check: unused-key, reason: x, until: 2027-01-01}',
      'waiver 1 has `until`, which is none of check, reason, owner, expires, key, bucket, resource, account, principal.',
    ],
    ...['2027-02-29', '1.1.2027', 'never'].map((day) => [
      `- {check: unused-key, reason: x, expires: ${day}}`,
      `waiver 1 expires on ${day}, which is no day: write 2027-06-30.`,
    ]),
    ['- check: [', 'the file is no YAML: '],
  ])('%j is refused', (text, sentence) => {
    expect(() => parse(text)).toThrow(`--waivers: ${sentence}`);
  });
});

const finding = (more: Partial<Finding> = {}): Finding =>
  findingOf(open, data, { resource: keyArn, accountName: 'prod-data', ...more });
const vendorRole = `arn:aws:iam::${vendor}:role/reader`;

describe('a waiver is about', () => {
  test.each<[waiver: string, finding: Partial<Finding>, is: boolean]>([
    ['', {}, true],
    ['key: lake', {}, true],
    [`key: arn:aws:kms:*:${data}:key/*`, {}, true],
    ['key: lak', {}, false],
    // An alias is a name that may move.
    ['key: lake', { resource: 'arn:aws:sqs:us-east-1:1:lake' }, false],
    ['bucket: lake', { resource: 'arn:aws:s3:::lake' }, true],
    ['bucket: lake', {}, false],
    ['resource: arn:aws:kms:*', {}, true],
    ['resource: "*"', { resource: null }, false],
    [`account: ${data}`, {}, true],
    ['account: prod-*', {}, true],
    ['account: prod-*', { accountName: null }, false],
    [`principal: ${vendor}`, { principals: [vendorRole] }, true],
    [`principal: ${vendorRole}`, { principals: [vendorRole] }, true],
    [`principal: ${vendor}`, { principals: [vendor] }, true],
    // One more than was looked at.
    [`principal: ${vendor}`, { principals: [vendorRole, 'arn:aws:iam::111122223333:root'] }, false],
    [`principal: ${vendor}`, { principals: ['*'] }, false],
    ['principal: "*"', { principals: [] }, false],
    // All that it says.
    [`{key: lake, principal: ${vendor}}`, { principals: [vendorRole], resource: null }, false],
    // What is not known can be taken on, too.
    ['key: lake', { status: 'unknown' }, true],
  ])('%s of %j: %s', (about, more, is) => {
    const fields = about.startsWith('{') ? about.slice(1, -1).split(', ') : [about];
    const [waiver] = parse(
      [
        '- check: key-usable-outside-organization',
        '  reason: wanted',
        ...fields.map((each) => `  ${each}`),
      ].join('\n'),
    );
    if (!waiver) throw new Error('no waiver');
    expect(sortOut([finding(more)], [waiver], today).waived).toHaveLength(is ? 1 : 0);
  });

  test('its own check only', () => {
    const waivers = parse('- {check: unused-key, reason: x}');
    expect(sortOut([finding()], waivers, today).open).toHaveLength(1);
  });

  test('its last day still, and no day more', () => {
    const waivers = parse(`- {check: ${open.id}, reason: x, expires: ${today}}`);
    expect(sortOut([finding()], waivers, today).waived).toHaveLength(1);
    expect(sortOut([finding()], waivers, '2026-12-01').open).toHaveLength(1);
  });
});

describe('of waivers it is told', () => {
  const warnings = (text: string, findings: Finding[], whole = true) => {
    const waivers = parse(text);
    const sight = { ...sortOut(findings, waivers, today), asked: [open.id], whole: whole ? [open.id] : [] };
    return waiverWarnings(waivers, sight, today);
  };
  const name = 'waiver 1 (check: key-usable-outside-organization, key: lake)';
  const waiver = (more = '') => `- {check: ${open.id}, key: lake, reason: x${more}}`;

  test.each([
    [waiver(), [finding()], true, []],
    [
      waiver(', expires: 2026-11-29'),
      [finding()],
      true,
      [`${name} expired on 2026-11-29, and what it is about counts again (1): renew it or take it out`],
    ],
    [waiver(', expires: 2026-11-29'), [], true, [`${name} expired on 2026-11-29: renew it or take it out`]],
    [waiver(), [], true, [`${name} is about nothing that was found: mend it or take it out`]],
    [
      waiver(),
      [],
      false,
      [
        `${name} is about nothing that was found (not all was seen: it may still be needed): mend it or take it out`,
      ],
    ],
    // Its check was not asked.
    ['- {check: unused-key, reason: x}', [], true, []],
  ])('%s', (text, findings, whole, expected) => expect(warnings(text, findings, whole)).toEqual(expected));
});

describe('what is waived', () => {
  const waivers = parse(
    `- {check: ${open.id}, reason: "the [auditor] reads", owner: me, expires: 2027-01-01}`,
  );
  const { open: left, waived } = sortOut([finding({ fix: 'take it away' })], waivers, today);
  const report: Report = { ...reportOf(resultOf(open, left, { waived })), warnings: ['waiver 2 is old'] };

  test('does not count', () => expect(verdictOf(report, 'medium')).toBe('clean'));

  test('and is not known stays so: neither a violation nor clean', () => {
    const sorted = sortOut([finding({ status: 'unknown' })], waivers, today);
    const unknown = reportOf(resultOf(open, sorted.open, { waived: sorted.waived }));
    expect(sorted.waived).toHaveLength(1);
    expect(verdictOf(unknown, 'medium')).toBe('not_known');
    expect(isIncomplete(unknown, 'medium')).toBe(true);
    expect(formatTable(unknown, 'medium', { columns: null, colored: false })).not.toContain('\nClean: ');
    expect(formatJunit(unknown, 'medium')).toContain('<error message="waived by me');
  });

  test('is shown apart as text', () => {
    const text = formatTable(report, 'medium', { columns: null, colored: false });
    expect(text).toContain('severity      violations  not known  waived  checks clean\n');
    expect(text).toContain(
      `\nWaived: shown, and not counted\n  waived     high ${open.id}  ${data} (prod-data) us-east-1 ${keyArn}\n`,
    );
    expect(text).toContain('\n             waived by me until 2027-01-01: the [auditor] reads\n');
    expect(text).toContain('\nWaivers to see to:\n  - waiver 2 is old\n');
    expect(text).toContain('\nClean: 1 checks at or above medium found nothing that is not waived (1), in');
  });

  test('is in JSON', () => {
    const { verdict, checks, warnings } = JSON.parse(formatJson(report, 'medium'));
    expect({ verdict, warnings, findings: checks[0].findings }).toEqual({
      verdict: 'clean',
      warnings: ['waiver 2 is old'],
      findings: [],
    });
    expect(checks[0].waived).toMatchObject([
      {
        resource: keyArn,
        fix: 'take it away',
        waiver: { check: open.id, reason: 'the [auditor] reads', owner: 'me', expires: '2027-01-01' },
      },
    ]);
  });

  test('is skipped in JUnit, which stays green', () => {
    const text = formatJunit(report, 'medium');
    expect(text).toContain(
      '<skipped message="waived by me until 2027-01-01: the [auditor] reads: something is',
    );
    expect(text).toContain(
      '<testsuite name="waivers" tests="1" failures="0" errors="0" skipped="1">\n    <testcase classname="waivers" name="warning 1"><skipped message="waiver 2 is old"/>',
    );
    expect(text).not.toMatch(/<(?:failure|error) /);
  });

  test('is suppressed in SARIF', () => {
    const [run] = JSON.parse(formatSarif(report, 'medium')).runs;
    expect(run.results).toMatchObject([
      {
        ruleId: open.id,
        properties: { fix: 'take it away' },
        suppressions: [
          {
            kind: 'external',
            status: 'accepted',
            justification: 'the [auditor] reads',
            properties: { owner: 'me', expires: '2027-01-01' },
          },
        ],
      },
    ]);
    expect(run.invocations[0]).toEqual({
      executionSuccessful: true,
      toolExecutionNotifications: [{ level: 'warning', message: { text: 'waiver 2 is old' } }],
    });
  });
});
