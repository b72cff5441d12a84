import { describe, expect, test } from 'vitest';
import type { KeyAccess } from '../../../src/posture/access/key-access.ts';
import { accountsOf } from '../../../src/posture/access/trust.ts';
import fc from '../../random.ts';
import { contains, isDecided } from './admits.ts';
import { anyCondition, anyPolicy, anyRequest, anyStatement, merged } from './arbitrary-policy.ts';
import { judge } from './case-file.ts';
import { allows, type RawStatement } from './oracle.ts';

/** A fixed seed keeps every run the same; without it, and with more runs, the properties hunt. */
const seed = 20261124;
const runs = { seed, numRuns: 1000 };
const of = (
  statements: readonly RawStatement[],
  knowledge: 'members' | 'id' | 'nothing' = 'members',
): KeyAccess => judge({ name: '', statements, knowledge, expect: {} });
const admissionsOf = (access: KeyAccess) => access.findings.flatMap(({ admissions }) => admissions);
const knowledge = fc.constantFrom('members' as const, 'id' as const, 'nothing' as const);

describe('against a plain evaluation of concrete requests', () => {
  test('a request that the policy allows is always among those let in', () => {
    fc.assert(
      fc.property(anyPolicy, anyRequest, knowledge, (policy, request, known) => {
        if (!allows(policy, request)) return;
        expect(admissionsOf(of(policy, known)).some((admission) => contains(admission, request))).toBe(true);
      }),
      { seed, numRuns: 4000 },
    );
  });

  test('a request that is let in without open conditions is allowed', () => {
    fc.assert(
      fc.property(anyPolicy, anyRequest, knowledge, (policy, request, known) => {
        const sure = admissionsOf(of(policy, known)).some((a) => isDecided(a) && contains(a, request));
        if (sure) expect(allows(policy, request)).toBe(true);
      }),
      { seed, numRuns: 4000 },
    );
  });
});

/** What users read of a key, without the place of the statements. */
const answer = (access: KeyAccess) => ({
  sharing: access.sharing,
  rows: access.findings.map(({ row: { sourceId: _, reason: __, ...row } }) => JSON.stringify(row)).sort(),
});

describe('what makes no difference', () => {
  test('the order of statements', () => {
    fc.assert(
      fc.property(anyPolicy, knowledge, (policy, known) => {
        expect(answer(of(policy.toReversed(), known))).toEqual(answer(of(policy, known)));
      }),
      runs,
    );
  });

  test('the order of array elements', () => {
    fc.assert(
      fc.property(anyPolicy, (policy) => {
        const { sharing, findings } = of(reversedArrays(policy).toReversed());
        const plain = of(policy);
        expect(sharing).toEqual(plain.sharing);
        expect(findings.map(({ row }) => columns(row)).sort()).toEqual(
          plain.findings.map(({ row }) => columns(row)).sort(),
        );
      }),
      runs,
    );
  });

  test('one statement or two, split by action, by principal or by the value of a positive condition', () => {
    fc.assert(
      fc.property(anyPolicy, (policy) => {
        const { sharing } = of(policy);
        for (const split of [splitActions, splitPrincipals, splitValues])
          expect(of(policy.flatMap(split)).sharing).toEqual(sharing);
      }),
      runs,
    );
  });

  test('a statement about something else', () => {
    const elsewhere: readonly RawStatement[] = [
      { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' },
      { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' },
      {
        Effect: 'Deny',
        Principal: '*',
        Action: '*',
        Resource: 'arn:aws:kms:eu-west-1:111122223333:key/other',
      },
      { Effect: 'Allow', Principal: { AWS: 'AROAEXAMPLE1234567890' }, Action: 'kms:*', Resource: '*' },
      { Effect: 'Deny', Principal: { AWS: '123456789012' }, Action: 'kms:*', Resource: 'x' },
    ];
    fc.assert(
      fc.property(anyPolicy, fc.constantFrom(...elsewhere), (policy, statement) => {
        const [before, after] = [of(policy), of([...policy, statement])];
        expect(after.sharing).toEqual(before.sharing);
        expect(after.findings.slice(0, before.findings.length)).toEqual(before.findings);
      }),
      runs,
    );
  });
});

const widths = ['not_shared', 'organization', 'other_account', 'external', 'public'];
const outside = [false, null, true];

/**
 * The partial order on answers: no wider sharing, no further access, no further account. By the rules a service
 * that acts for any account, or for any of the own organization, is no sharing, and one that acts for another
 * account is: narrowing the one can become the other, so answers with such a service are not compared.
 */
function expectNoWider(after: KeyAccess, before: KeyAccess): void {
  if (admissionsOf(before).some((a) => a.caller === 'service' && accountsOf(a) === null)) return;
  expect(widths.indexOf(after.sharing.sharing)).toBeLessThanOrEqual(widths.indexOf(before.sharing.sharing));
  expect(outside.indexOf(after.sharing.sharedOutsideOrganization)).toBeLessThanOrEqual(
    outside.indexOf(before.sharing.sharedOutsideOrganization),
  );
  for (const access of after.sharing.sharedAccess ?? [])
    expect(before.sharing.sharedAccess).toContain(access);
  if (before.sharing.sharing !== 'public')
    for (const id of after.sharing.sharedAccountIds ?? [])
      expect(isNamed(id, before) || (before.sharing.sharedOrganizationIds ?? []).length > 0).toBe(true);
}

const isNamed = (id: string, { sharing }: KeyAccess): boolean =>
  sharing.sharedAccountIds?.includes(id) ?? false;

describe('what never widens', () => {
  test('one more Deny', () => {
    fc.assert(
      fc.property(anyPolicy, anyStatement, anyRequest, knowledge, (policy, extra, request, known) => {
        const [before, after] = [of(policy, known), of([...policy, { ...extra, Effect: 'Deny' }], known)];
        expectNoWider(after, before);
        if (admissionsOf(after).some((admission) => contains(admission, request)))
          expect(admissionsOf(before).some((admission) => contains(admission, request))).toBe(true);
      }),
      { seed, numRuns: 2000 },
    );
  });

  test('one more condition on an Allow', () => {
    fc.assert(
      fc.property(anyPolicy, anyCondition, anyRequest, knowledge, (policy, extra, request, known) => {
        const [first, ...rest] = policy;
        if (first?.Effect !== 'Allow') return;
        const [[operator = '', keys = {}] = []] = Object.entries(extra);
        const has = Object.keys(first.Condition?.[operator] ?? {}).some((key) => key in keys);
        if (has) return;
        const blocks = Object.entries(first.Condition ?? {}).flatMap(([op, lines]) =>
          Object.entries(lines).map(([key, values]) => ({ [op]: { [key]: values } })),
        );
        const limited = { ...first, Condition: merged([...blocks, extra]) };
        const [before, after] = [of(policy, known), of([limited, ...rest], known)];
        expectNoWider(after, before);
        if (admissionsOf(after).some((admission) => contains(admission, request)))
          expect(admissionsOf(before).some((admission) => contains(admission, request))).toBe(true);
      }),
      { seed, numRuns: 2000 },
    );
  });
});

test('with a source missing, outside is never false and sharing never the narrowest', () => {
  fc.assert(
    fc.property(
      anyPolicy,
      fc.constantFrom('unread' as const, 'not_asked' as const),
      knowledge,
      (statements, grants, known) => {
        const { sharing } = judge({ name: '', statements, grants, knowledge: known, expect: {} });
        expect(sharing.sharingComplete).toBe(false);
        expect(sharing.sharedOutsideOrganization).not.toBe(false);
        expect(sharing.sharing).not.toBe('not_shared');
      },
    ),
    runs,
  );
});

function columns(row: KeyAccess['findings'][number]['row']): string {
  const { sourceId: _, reason: __, conditions: ___, exceptPrincipals, ...rest } = row;
  return JSON.stringify({ ...rest, except: exceptPrincipals?.toSorted() ?? null });
}

function reversedArrays<T>(value: T): T;
function reversedArrays(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversedArrays).reverse();
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, reversedArrays(item)]));
}

const splitActions = (statement: RawStatement): readonly RawStatement[] =>
  [statement.Action].flat().map((action) => ({ ...statement, Action: action }));

function splitPrincipals(statement: RawStatement): readonly RawStatement[] {
  const { Principal: principal } = statement;
  if (typeof principal !== 'object' || principal === null) return [statement];
  return Object.entries(principal).flatMap(([kind, raw]) =>
    [raw].flat().map((text: unknown) => ({ ...statement, Principal: { [kind]: text } })),
  );
}

/** Values of a positive operator are alternatives, so are two statements. */
function splitValues(statement: RawStatement): readonly RawStatement[] {
  const [operator = '', keys = {}] = Object.entries(statement.Condition ?? {})[0] ?? [];
  const [key, values = []] = Object.entries(keys)[0] ?? [];
  if (key === undefined || /Not|ForAll|Null/.test(operator) || values.some((v) => /[*?]/.test(v)))
    return [statement];
  return values.map((value) => ({
    ...statement,
    Condition: { ...statement.Condition, [operator]: { ...keys, [key]: [value] } },
  }));
}
