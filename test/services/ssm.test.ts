import { describe, expect, it } from 'vitest';
import { shareResource } from '../../lab/aws/ram-shares.ts';
import { collect } from '../../src/aws/paging.ts';
import { ssm } from '../../src/services/ssm/resources.ts';
import { parameterEncryption } from '../../src/services/ssm/rules.ts';
import { oneAnswer, scope } from '../aws/one-answer.ts';
import { admitting, reader, readService, regionOfKeys, seen } from './region-of-keys.ts';

const customer = 'customer_managed_aws_material';
const read = admitting(['ssm:GetParameter', 'ssm:DescribeParameters']);

function world() {
  const { organization, own, foreign, managed, add } = regionOfKeys();
  managed('ssm');
  add.parameter({ name: 'text', type: 'String' });
  add.parameter({ name: 'list', type: 'StringList', tier: 'Advanced', policies: [read] });
  add.parameter({ name: 'managed' });
  add.parameter({ name: 'prod/own', keyId: own, tier: 'Advanced' });
  add.parameter({ name: 'managed-shared', tier: 'Advanced', policies: [read] });
  add.parameter({ name: 'own-shared', keyId: own, tier: 'Advanced', policies: [read] });
  add.parameter({ name: 'foreign-shared', keyId: foreign, tier: 'Intelligent-Tiering', policies: [read] });
  add.parameter({
    name: 'twice-shared',
    keyId: own,
    tier: 'Advanced',
    policies: [read, admitting('ssm:GetParameters', { AWS: '444444444444' })],
  });
  return organization;
}

describe('SecureString parameters', () => {
  it('are judged for those whom their policies let in; others have no row', async () => {
    const result = await readService(world(), 'ssm');
    const columns = ['key_type', 'key_reference', 'cross_account_read', 'shared_account_ids'];
    expect(seen(result, ...columns)).toEqual([
      ['foreign-shared', customer, 'arn', 'blocked_by_key_policy', [reader]],
      ['managed', 'aws_managed', 'alias', 'not_shared', []],
      ['managed-shared', 'aws_managed', 'alias', 'blocked_by_aws_managed_key', [reader]],
      ['own', customer, 'arn', 'not_shared', []],
      ['own-shared', customer, 'arn', 'blocked_by_key_policy', [reader]],
      ['twice-shared', customer, 'arn', 'blocked_by_key_policy', [reader, '444444444444']],
    ]);
    expect([...result.sink.said]).toEqual([]);
    // One of the standard tier cannot have a policy.
    expect(result.calls('ssm')).toEqual({ 'ssm:DescribeParameters': 1, 'ssm:GetResourcePolicies': 5 });
  });

  it('are judged for those whom AWS RAM lets in, beside their policies', async () => {
    const { organization, account, own, managed, add } = regionOfKeys();
    managed('ssm');
    add.parameter({ name: 'own', keyId: own, tier: 'Advanced' });
    add.parameter({ name: 'managed', tier: 'Advanced' });
    add.parameter({ name: 'both', keyId: own, tier: 'Advanced', policies: [read] });
    add.parameter({ name: 'standard', keyId: own });
    const arn = (name: string) => `arn:aws:ssm:eu-west-1:222222222222:parameter/${name}`;
    for (const name of ['own', 'managed']) shareResource(account, arn(name), [reader]);
    shareResource(account, arn('both'), ['444444444444']);
    const result = await readService(organization, 'ssm');
    expect(seen(result, 'cross_account_read', 'shared_account_ids', 'judged_operation')).toEqual([
      ['both', 'blocked_by_key_policy', [reader, '444444444444'], 'get the value, get the value by a share'],
      ['managed', 'blocked_by_aws_managed_key', [reader], 'get the value by a share'],
      ['own', 'blocked_by_key_policy', [reader], 'get the value by a share'],
      ['standard', 'not_shared', [], null],
    ]);
    expect(result.calls('ram')).toEqual({ 'ram:ListResources': 1, 'ram:ListPrincipals': 3 });
    const fault = { operation: 'ram:ListResources', effect: { kind: 'deny' } } as const;
    const denied = await readService(organization, 'ssm', fault);
    expect(seen(denied, 'cross_account_read', 'shared_account_ids')).toEqual([
      ['both', 'partly_blocked', [reader]],
      ['managed', 'unknown', null],
      ['own', 'unknown', null],
      ['standard', 'not_shared', []],
    ]);
  });

  it('say so where their policies are not told', async () => {
    for (const kind of ['deny', 'malformed_body'] as const) {
      const operation = 'ssm:GetResourcePolicies';
      const { rows } = await readService(world(), 'ssm', { operation, effect: { kind } });
      const unread = rows.filter((row) => row.shared_account_ids === null);
      expect(unread.map(({ errors }) => Object.keys(errors ?? {}))).toEqual(Array(5).fill([operation]));
    }
  });

  it.each(['short_pages', 'repeated_marker', 'empty_body'] as const)(
    'are listed whole, or not: %s',
    async (kind) => {
      const operation = 'ssm:DescribeParameters';
      const effect = kind === 'short_pages' ? { kind, entries: 1 } : { kind };
      const { rows, sink } = await readService(world(), 'ssm', { operation, effect });
      const isWhole = rows.length === 6 && sink.said.size === 0;
      const isTold = [...sink.said].some((said) => said.startsWith(`listing failed: resources ${operation}`));
      expect([isWhole, isTold]).toEqual(kind === 'short_pages' ? [true, false] : [false, true]);
    },
  );

  it('of somebody who knows neither the filter nor ARNs are the same', async () => {
    const aws = await oneAnswer();
    const parameter = (Name: string, Type: string) => ({
      Name,
      Type,
      Tier: 'Standard',
      KeyId: 'alias/aws/ssm',
    });
    const Parameters = [parameter('/prod/password', 'SecureString'), parameter('plain', 'String')];
    aws.answer = { status: 200, body: JSON.stringify({ Parameters }) };
    const listed = await collect(ssm.list(aws.access, scope, 'all'));
    await aws.close();
    expect(await Promise.all(listed.map((one) => one()))).toMatchObject([
      { arn: `arn:aws:ssm:eu-west-1:${scope.accountId}:parameter/prod/password` },
    ]);
  });
});

it.each([
  ['SecureString', 'alias/aws/ssm', { state: 'kms', key: 'alias/aws/ssm' }],
  ['SecureString', null, { state: 'unknown', key: null }],
  ['BrandNew', 'k', { state: 'unknown', key: 'k' }],
])('the encryption of a parameter of type %s under %s', (type, key, expected) => {
  expect(parameterEncryption(type, key)).toEqual(expected);
});
