import { describe, expect, test } from 'vitest';
import { readChecks } from '../../src/checks/check.ts';
import { resultGroups } from '../../src/checks/format/result-groups.ts';
import { formatSarif } from '../../src/checks/format/sarif.ts';
import type { CheckResult } from '../../src/checks/model.ts';
import { checkOf, findingOf, reportOf, resultOf } from './findings.ts';

const data = '222222222222';
const compute = '333333333333';
const urgent = checkOf('key-public', 'critical');
const idle = checkOf('unused-key', 'low');
const some = (
  count: number,
  check: typeof idle,
  account: string,
  status: 'violation' | 'unknown' = 'violation',
) =>
  Array.from({ length: count }, (_, i) =>
    findingOf(check, account, { status, resource: `arn:aws:kms:us-east-1:${account}:key/${i}` }),
  );

const run = (...results: CheckResult[]) => JSON.parse(formatSarif(reportOf(...results), 'medium')).runs[0];

describe('more results than code scanning shows', () => {
  const results = [
    resultOf(urgent, some(4, urgent, data)),
    resultOf(idle, [...some(3, idle, data), ...some(5, idle, compute), ...some(2, idle, compute, 'unknown')]),
  ];
  const sizes = (most: number) =>
    resultGroups(results, most).map(({ result, findings }) => [
      result.check.id,
      findings[0]?.accountId,
      findings[0]?.status,
      findings.length,
    ]);
  const each = (count: number, ...line: (string | number)[]) => Array.from({ length: count }, () => line);

  test('are told one by one up to the limit', () => {
    expect(sizes(14)).toHaveLength(14);
  });

  test('go together by check and account above it, the least urgent first', () => {
    expect(sizes(12)).toEqual([
      ...each(4, 'key-public', data, 'violation', 1),
      ...each(3, 'unused-key', data, 'violation', 1),
      ['unused-key', compute, 'violation', 5],
      ['unused-key', compute, 'unknown', 2],
    ]);
    expect(sizes(5)).toEqual([
      ['key-public', data, 'violation', 4],
      ['unused-key', data, 'violation', 3],
      ['unused-key', compute, 'violation', 5],
      ['unused-key', compute, 'unknown', 2],
    ]);
  });

  test('go together by check where there are too many accounts', () => {
    expect(sizes(3)).toEqual([
      ['key-public', data, 'violation', 4],
      ['unused-key', data, 'violation', 8],
      ['unused-key', compute, 'unknown', 2],
    ]);
  });

  test('are all there still, and are said to be', () => {
    const { results: written, invocations } = run(
      resultOf(urgent, some(2, urgent, data)),
      resultOf(idle, [...some(4_000, idle, data), ...some(2_000, idle, compute)]),
    );
    expect(written).toHaveLength(2 + 1 + 2_000);
    const [group] = written.filter((result: { properties?: unknown }) => result.properties);
    expect(group.properties.count).toBe(4_000);
    expect(new Set(group.properties.resources).size).toBe(4_000);
    expect(group.message.text).toContain(
      `4000 findings of account ${data} in one, since there are more than code scanning shows: arn:`,
    );
    expect(group.message.text).toContain(`check --check unused-key --account ${data} shows each`);
    expect(invocations[0].toolExecutionNotifications).toEqual([
      {
        level: 'note',
        message: {
          text: 'There are more than 5000 findings, which is what code scanning shows: 1 results stand for several of one check and account each.',
        },
      },
    ]);
  });
});

test('what was not asked is one notification and no result, and nothing is complete', () => {
  const message = 'when a key was last used was not asked: set include_key_last_usage';
  const unasked = resultOf(checkOf('unused-key', 'medium'), [], { notAsked: [{ message, count: 5_322 }] });
  const { results, invocations } = run(unasked);
  expect(results).toEqual([]);
  expect(invocations).toEqual([
    {
      executionSuccessful: false,
      toolExecutionNotifications: [
        {
          level: 'warning',
          message: { text: `${message} (5322 answers not known)` },
          associatedRule: { id: 'unused-key' },
        },
      ],
    },
  ]);
});

test('a rule has no more tags than code scanning takes, and of each framework the first before the second of any', async () => {
  const checks = await readChecks();
  const { tool } = run(...checks.map((check) => resultOf(check)));
  const tags = new Map<string, string[]>(
    tool.driver.rules.map((rule: { id: string; properties: { tags: string[] } }) => [
      rule.id,
      rule.properties.tags,
    ]),
  );
  expect(Math.max(...[...tags.values()].map(({ length }) => length))).toBe(20);
  expect(tags.get('unencrypted-database')?.slice(0, 5)).toEqual([
    'security',
    'AWS Security Hub DocumentDB.1',
    'CIS AWS Foundations Benchmark v7.0 3.2.1',
    'PCI DSS v4.0 3.5.1',
    'NIST SP 800-53 r5 AU-9(3)',
  ]);
});
