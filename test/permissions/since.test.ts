import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { memberPolicy, organizationPolicy, policySince } from '../../src/permissions/policy.ts';
import { services } from '../../src/services/catalogue.ts';
import { lastWithout, releasedVersions, wasNeeded } from '../../src/services/releases.ts';
import { tables } from '../../src/tables/index.ts';
import { keyAliases } from '../../src/tables/key-aliases.ts';

const actionsOf = ({ Statement }: ReturnType<typeof memberPolicy>) =>
  Statement.flatMap(({ Action }) => Action);
const member = memberPolicy(tables, services);

test('what a role of 0.1.0 lacks, and nothing that it has', () => {
  const lacking = actionsOf(policySince(member, '0.1.0'));
  expect(lacking).toEqual(expect.arrayContaining(['kinesis:ListStreams', 'lambda:ListAliases']));
  for (const had of ['kms:ListKeys', 's3:GetEncryptionConfiguration', 'lambda:ListFunctions'])
    expect(lacking).not.toContain(had);
  const had = actionsOf(member).filter((action) => wasNeeded('0.1.0', action));
  expect([...lacking, ...had].sort()).toEqual([...actionsOf(member)].sort());
});

test('of who lists the organization: nothing of the member role that it assumed before', () => {
  const { Statement } = policySince(organizationPolicy(tables, 'arn:aws:iam::*:role/r'), '0.1.0');
  expect(Statement.map(({ Sid }) => Sid)).toEqual(['ReadEncryption', 'ReadOrganization']);
  expect(Statement[1]?.Action).toContain('organizations:ListPolicies');
  expect(Statement[1]?.Action).not.toContain('organizations:ListAccounts');
});

test('nothing, where the tables need nothing new', () => {
  expect(policySince(memberPolicy([keyAliases]), '0.1.0').Statement).toEqual([]);
});

test('the newest version whose roles lack all of some actions', () => {
  expect(lastWithout(['kinesis:ListStreams'])).toBe('0.1.0');
  expect(lastWithout(['kinesis:ListStreams', 'kms:ListKeys'])).toBeNull();
});

/* A version that is released has its heading in the changelog (scripts/release/version.sh), and its line here. */
test('every released version is known', async () => {
  const changelog = await readFile('CHANGELOG.md', 'utf8');
  const released = [...changelog.matchAll(/^## \[(\d+\.\d+\.\d+)\]/gm)].map(([, version]) => version);
  expect(released).toContain('0.1.0');
  expect([...releasedVersions].sort()).toEqual(released.sort());
});
