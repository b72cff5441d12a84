import { describe, expect, test } from 'vitest';
import { holds } from '../../lab/aws/iam/condition.ts';
import { allowsByKey, type Key } from '../../lab/aws/iam/key.ts';
import type { Condition, Policy, Statement } from '../../lab/aws/iam/policy.ts';
import { readingsOf } from '../../lab/aws/iam/readings.ts';
import { type Caller, contextOf } from '../../lab/aws/iam/request.ts';
import { decide } from '../../lab/aws/iam/statement.ts';
import { usableKey } from './usable-key.ts';
import { keyArn, ours, paths, sibling, stranger } from './world.ts';

/** The evaluator against the tables and sentences of AWS's documentation, IAM and KMS guides, read 2026-11-28. */
const [reading] = readingsOf('');
if (reading === undefined) throw new Error('there is no reading');
const [strict] = readingsOf('"NotPrincipal"').filter(({ notPrincipal }) => notPrincipal === 'every_level');
if (strict === undefined) throw new Error('there is no strict reading');

const keys = (tags: readonly string[] | null): Map<string, readonly string[]> =>
  new Map(tags === null ? [] : [['aws:tagkeys', tags]]);

describe('conditions', () => {
  const two = ['environment', 'cost-center'];
  test.each<[line: Condition, tags: readonly string[] | null, holds: boolean]>([
    [{ 'ForAllValues:StringEquals': { 'aws:TagKeys': two } }, two, true],
    [{ 'ForAllValues:StringEquals': { 'aws:TagKeys': two } }, ['environment', 'dept'], false],
    [{ 'ForAllValues:StringEquals': { 'aws:TagKeys': two } }, null, true],
    [{ 'ForAnyValue:StringEquals': { 'aws:TagKeys': two } }, ['environment', 'dept'], true],
    [{ 'ForAnyValue:StringEquals': { 'aws:TagKeys': two } }, ['dept'], false],
    [{ 'ForAnyValue:StringEquals': { 'aws:TagKeys': two } }, null, false],
    [{ 'ForAnyValue:StringNotEquals': { 'aws:TagKeys': two } }, null, false],
    [{ 'ForAnyValue:StringNotEquals': { 'aws:TagKeys': two } }, ['environment', 'dept'], true],
    [{ 'ForAllValues:StringNotEquals': { 'aws:TagKeys': two } }, ['environment', 'dept'], false],
    [{ StringEquals: { 'aws:TagKeys': 'dept' } }, null, false],
    [{ StringNotEquals: { 'aws:TagKeys': 'dept' } }, null, true],
    [{ StringLikeIfExists: { 'aws:TagKeys': 'd*' } }, null, true],
    [{ StringLikeIfExists: { 'aws:TagKeys': 'd*' } }, ['env'], false],
    [{ StringEquals: { 'aws:TagKeys': 'd*' } }, ['dept'], false],
    [{ StringEqualsIgnoreCase: { 'aws:TagKeys': 'DEPT' } }, ['dept'], true],
    [{ Null: { 'aws:TagKeys': 'true' } }, null, true],
    [{ Null: { 'aws:TagKeys': 'false' } }, null, false],
    [{ StringLike: { 'aws:TagKeys': `$\{aws:username}` } }, ['dept'], false],
    [{ StringNotLike: { 'aws:TagKeys': `$\{aws:username}` } }, ['dept'], true],
  ])('%j with %j: %j', (line, tags, expected) => {
    expect(holds(line, keys(tags), '2012-10-17')).toBe(expected);
  });

  test('each component of an ARN is compared by itself', () => {
    const arn = new Map([['aws:principalarn', ['arn:aws:iam::100000000002:role/app']]]);
    expect(holds({ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/*' } }, arn, undefined)).toBe(true);
    expect(holds({ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam:*:role/app' } }, arn, undefined)).toBe(false);
    expect(holds({ StringLike: { 'aws:PrincipalArn': 'arn:aws:iam:*:role/app' } }, arn, undefined)).toBe(
      true,
    );
  });
});

const role = (account: string, name: string): Caller => ({
  kind: 'role',
  account,
  membership: paths[account] === undefined ? null : { organization: ours, path: paths[account] },
  arn: `arn:aws:iam::${account}:role/${name}`,
  session: `arn:aws:sts::${account}:assumed-role/${name}/s1`,
});
const policy = (...Statement: readonly Statement[]): Policy => ({ Version: '2012-10-17', Statement });
const decrypt = { Action: 'kms:Decrypt', Resource: '*' } as const;
const by = (caller: Caller, action = 'kms:Decrypt', more: Record<string, string> = {}) => ({
  caller,
  action,
  resource: keyArn,
  context: new Map([
    ...contextOf(caller),
    ...Object.entries(more).map(([key, value]) => [key, [value]] as const),
  ]),
});

describe('statements', () => {
  test('an explicit Deny beats every Allow, in any order and policy', () => {
    const allow = policy({ Effect: 'Allow', Principal: '*', ...decrypt });
    const deny = policy({ Effect: 'Deny', Principal: { AWS: sibling }, Action: 'KMS:de*', Resource: '*' });
    expect(decide([allow, deny], by(role(sibling, 'app')), reading)).toBe('denied');
    expect(decide([allow, deny], by(role(stranger, 'app')), reading)).toBe('allowed');
  });

  test('the account ARN stands for the whole account, a role ARN for the sessions of the role', () => {
    const account = policy({
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${sibling}:root` },
      ...decrypt,
    });
    const app = policy({
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${sibling}:role/app` },
      ...decrypt,
    });
    expect(decide([account], by(role(sibling, 'admin')), reading)).toBe('allowed');
    expect(decide([app], by(role(sibling, 'admin')), reading)).toBe('silent');
    expect(decide([app], by(role(sibling, 'app')), reading)).toBe('allowed');
  });

  test('NotPrincipal spares, in the strictest reading, whom it lists with account and session', () => {
    const allow: Statement = { Effect: 'Allow', Principal: '*', ...decrypt };
    const others = (...AWS: readonly string[]) =>
      policy(allow, { Effect: 'Deny', NotPrincipal: { AWS }, ...decrypt });
    const arn = `arn:aws:iam::${sibling}:role/app`;
    const session = `arn:aws:sts::${sibling}:assumed-role/app/s1`;
    const app = by(role(sibling, 'app'));
    expect(decide([others(arn)], app, reading)).toBe('allowed');
    expect(decide([others(arn)], app, strict)).toBe('denied');
    expect(decide([others(sibling, arn, session)], app, strict)).toBe('allowed');
    expect(decide([others(sibling, arn)], by(role(stranger, 'app')), reading)).toBe('denied');
  });

  test('a unique id is what is left of a deleted principal', () => {
    const gone = policy({ Effect: 'Allow', Principal: { AWS: 'AROA2BCDEFGHIJKLMNOPQ' }, ...decrypt });
    expect(decide([gone], by(role(sibling, 'app')), reading)).toBe('silent');
  });

  test('a service that calls as itself carries the source keys, an identity never does', () => {
    const from = { StringEquals: { 'aws:SourceAccount': stranger } };
    const one = policy({ Effect: 'Allow', Principal: '*', ...decrypt, Condition: from });
    const arn = `arn:aws:sns:eu-west-1:${stranger}:t`;
    const sns: Caller = {
      kind: 'service',
      name: 'sns.amazonaws.com',
      source: { account: stranger, arn, membership: null },
    };
    expect(decide([one], by(sns), reading)).toBe('allowed');
    expect(decide([one], by(role(stranger, 'app')), reading)).toBe('silent');
  });
});

describe('keys', () => {
  const key = (changes: Partial<Key>): Key => ({
    ...usableKey(policy()),
    ...changes,
  });
  const open = policy({ Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' });
  const app = role(stranger, 'app');
  const allows = (of: Key, action?: string, more?: Record<string, string>) =>
    allowsByKey(of, by(app, action, more), reading);

  test('other accounts are honoured in some operations only', () => {
    expect(allows(key({ policy: open }))).toBe(true);
    expect(allows(key({ policy: open }), 'kms:PutKeyPolicy')).toBe(false);
    expect(allows(key({ policy: open, manager: 'AWS' }))).toBe(false);
  });

  test("RAM's policy allows beside the key policy, and a Deny of either beats both", () => {
    const deny = policy({ Effect: 'Deny', Principal: '*', ...decrypt });
    expect(allows(key({ ram: open }))).toBe(true);
    expect(allows(key({ ram: open, policy: deny }))).toBe(false);
    expect(allows(key({ ram: deny, policy: open }))).toBe(false);
  });

  test('a condition names an encryption context in any case, a grant as it is sent', () => {
    const sent = { 'kms:encryptioncontext:SecretARN': 'x' };
    const asks = (name: string) =>
      policy({
        Effect: 'Allow',
        Principal: '*',
        Action: 'kms:*',
        Resource: '*',
        Condition: { StringEquals: { [`kms:EncryptionContext:${name}`]: 'x' } },
      });
    expect(allows(key({ policy: asks('SecretARN') }), 'kms:Decrypt', sent)).toBe(true);
    expect(allows(key({ policy: asks('secretarn') }), 'kms:Decrypt', sent)).toBe(true);
    expect(allows(key({ policy: asks('other') }), 'kms:Decrypt', sent)).toBe(false);
    const grant = (name: string) => ({
      GranteePrincipal: `arn:aws:iam::${stranger}:role/app`,
      Operations: ['Decrypt'],
      Constraints: { EncryptionContextSubset: { [name]: 'x' } },
    });
    expect(allows(key({ grants: [grant('SecretARN')] }), 'kms:Decrypt', sent)).toBe(true);
    expect(allows(key({ grants: [grant('secretarn')] }), 'kms:Decrypt', sent)).toBe(false);
  });

  test("a grant's encryption context binds the operations that have one", () => {
    const context = 'kms:encryptioncontext:aws:s3:arn';
    const grant = (name: 'EncryptionContextSubset' | 'EncryptionContextEquals') =>
      key({
        grants: [
          {
            GranteePrincipal: `arn:aws:iam::${stranger}:role/app`,
            Operations: ['Decrypt', 'DescribeKey'],
            Constraints: { [name]: { 'aws:s3:arn': 'x' } },
          },
        ],
      });
    const other = 'kms:encryptioncontext:dept';
    expect(allows(grant('EncryptionContextEquals'))).toBe(false);
    expect(allows(grant('EncryptionContextEquals'), 'kms:Decrypt', { [context]: 'x' })).toBe(true);
    expect(allows(grant('EncryptionContextEquals'), 'kms:Decrypt', { [context]: 'x', [other]: 'y' })).toBe(
      false,
    );
    expect(allows(grant('EncryptionContextSubset'), 'kms:Decrypt', { [context]: 'x', [other]: 'y' })).toBe(
      true,
    );
    expect(allows(grant('EncryptionContextEquals'), 'kms:DescribeKey')).toBe(true);
    expect(allows(grant('EncryptionContextEquals'), 'kms:Encrypt', { [context]: 'x' })).toBe(false);
  });

  test('a Deny of the key policy beats a grant', () => {
    const grants = [{ GranteePrincipal: `arn:aws:iam::${stranger}:root`, Operations: ['Decrypt'] }];
    const deny = policy({ Effect: 'Deny', Principal: { AWS: stranger }, ...decrypt });
    expect(allows(key({ grants }))).toBe(true);
    expect(allows(key({ grants, policy: deny }))).toBe(false);
  });
});
