import { describe, expect, test } from 'vitest';
import { isAuthorized } from '../../lab/aws/iam/authorize.ts';
import type { IamPrincipal } from '../../lab/aws/iam/iam-account.ts';
import { iamReadingsOf } from '../../lab/aws/iam/iam-readings.ts';
import type { Key } from '../../lab/aws/iam/key.ts';
import type { Condition, Policy, Statement } from '../../lab/aws/iam/policy.ts';
import type { Controls } from './controls.ts';
import { fatesOf } from './fate.ts';
import { type IamWorld, pairsOf } from './iam-world.ts';
import { usableKey } from './usable-key.ts';
import { keyArn, member, membershipsOf, owner, region, sibling } from './world.ts';

/** The evaluator against sentences of AWS's documentation: IAM and KMS guides, read 2026-11-29. */

const policy = (...Statement: readonly Statement[]): Policy => ({ Version: '2012-10-17', Statement });
const use = (Condition?: Condition, Resource = '*'): Statement => ({
  Effect: 'Allow',
  Action: 'kms:Decrypt',
  Resource,
  ...(Condition && { Condition }),
});
const to = (AWS: string | readonly string[], Condition?: Condition): Statement => ({
  ...use(Condition),
  Principal: { AWS },
});
const denyTo = (who: Pick<Statement, 'Principal' | 'NotPrincipal'>, Condition?: Condition): Statement => ({
  ...use(Condition),
  ...who,
  Effect: 'Deny',
});
const silent = policy({ Effect: 'Allow', Action: 's3:*', Resource: '*' });

interface Setting {
  /** Statements of the key policy. */
  readonly key: readonly Statement[];
  readonly kind?: 'user' | 'role' | 'root';
  readonly account?: string;
  readonly path?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly iam?: readonly Statement[];
  readonly group?: readonly Statement[];
  readonly managed?: readonly Statement[];
  readonly boundary?: Policy;
  readonly controls?: Controls;
  readonly more?: Partial<Key>;
  readonly action?: string;
}

const whom = (id: string, kind: 'user' | 'role', path = '/'): string =>
  `arn:aws:iam::${id}:${kind}${path}app`;
const root = (id: string): string => `arn:aws:iam::${id}:root`;

const keyOf = (statements: readonly Statement[]) => usableKey(policy(...statements));

/** How the principal `app` fares; `open` where readings of AWS's documentation differ. */
function fate({
  key,
  kind = 'role',
  account: id = owner,
  controls,
  more,
  action = 'kms:Decrypt',
  ...own
}: Setting) {
  const arn = (name: string): string => `arn:aws:iam::${id}:policy/${name}`;
  const [membership = null] = membershipsOf(id);
  const app: IamPrincipal = {
    kind: kind === 'root' ? 'role' : kind,
    name: 'app',
    path: own.path ?? '/',
    id: kind === 'user' ? 'AIDAAPP' : 'AROAAPP',
    tags: own.tags ?? {},
    groups: own.group ? ['staff'] : [],
    inline: own.iam ? [policy(...own.iam)] : [],
    attached: own.managed ? [arn('managed')] : [],
    boundary: own.boundary ? arn('boundary') : null,
  };
  const account = {
    id,
    membership,
    principals: [app],
    groups: { staff: { inline: [policy(...(own.group ?? []))], attached: [] } },
    managed: { [arn('managed')]: policy(...(own.managed ?? [])), [arn('boundary')]: own.boundary ?? silent },
  };
  const ofKey: Key = { ...keyOf(key), ...more };
  const world: IamWorld = {
    accounts: [account],
    keys: [{ key: ofKey, tags: { team: 'x' } }],
    controls: controls ?? null,
  };
  const pair = pairsOf(world).find(({ principal }) => (principal === null) === (kind === 'root'));
  if (pair === undefined) throw new Error('there is no such principal');
  const fates = fatesOf(pair, world.controls, action);
  return fates.size === 1 ? [...fates].join() : 'open';
}

const role = whom(owner, 'role');
const session = `arn:aws:sts::${owner}:assumed-role/app/s1`;
const tagged = { StringEquals: { 'aws:PrincipalTag/team': 'x' } };
const byArn = { ArnEquals: { 'aws:PrincipalArn': role } };

test.each<[sentence: string, setting: Setting, fate: string]>([
  ['the account only delegates to IAM', { key: [to(root(owner))] }, 'never'],
  ['with IAM', { key: [to(root(owner))], iam: [use()] }, 'always'],
  ['with IAM of a group', { key: [to(owner)], kind: 'user', group: [use()] }, 'always'],
  ['with an attached policy', { key: [to(owner)], managed: [use()] }, 'always'],
  ['IAM without the key policy is nothing', { key: [], iam: [use()] }, 'never'],
  ['the role itself needs no IAM', { key: [to(role)] }, 'always'],
  ['the role by its name without the path is another', { key: [to(role)], path: '/a/' }, 'never'],
  ['anyone needs no IAM in the own account', { key: [to('*')] }, 'always'],
  ['a session is one of the role’s', { key: [to(session)] }, 'sometimes'],
  ['a Deny in IAM beats the key policy', { key: [to(role)], iam: [{ ...use(), Effect: 'Deny' }] }, 'never'],
])('own account: %s', (_, setting, expected) => expect(fate(setting)).toBe(expected));

describe('a boundary that is silent', () => {
  test.each<[whom: string, setting: Setting, fate: string]>([
    ['caps identity policies', { key: [to(owner)], iam: [use()] }, 'never'],
    ['caps what is given to the role', { key: [to(role)] }, 'never'],
    ['not what is given to the user', { key: [to(whom(owner, 'user'))], kind: 'user' }, 'always'],
    ['not what is given to the session', { key: [to(session)] }, 'sometimes'],
    ['not what is given by aws:PrincipalArn', { key: [to('*', byArn)] }, 'always'],
    ['may cap what is given to anyone', { key: [to('*')] }, 'open'],
    [
      'may cap a grant',
      { key: [], more: { grants: [{ GranteePrincipal: role, Operations: ['Decrypt'] }] } },
      'open',
    ],
    ['caps in another account', { key: [to('*', byArn)], account: sibling, iam: [use()] }, 'never'],
    [
      'is hit by each Deny with NotPrincipal',
      {
        key: [to(whom(owner, 'user')), denyTo({ NotPrincipal: { AWS: [root(owner), whom(owner, 'user')] } })],
        kind: 'user',
      },
      'never',
    ],
  ])('%s', (_, setting, expected) => expect(fate({ ...setting, boundary: silent })).toBe(expected));

  test('without one, the Deny with NotPrincipal spares whom it lists', () => {
    const user = whom(owner, 'user');
    const key = [to(user), denyTo({ NotPrincipal: { AWS: [root(owner), user] } })];
    expect(fate({ key, kind: 'user' })).toBe('always');
  });

  test('a request alone is denied, too, by a Deny with NotPrincipal that lists its caller', () => {
    const key = keyOf([to(role), denyTo({ NotPrincipal: { AWS: [root(owner), role] } })]);
    const caller = { kind: 'role', account: owner, membership: null, arn: role, session } as const;
    const request = { caller, action: 'kms:Decrypt', resource: keyArn, context: new Map() };
    const [reading] = iamReadingsOf('', { isOwnAccount: true, hasBoundary: false, hasGrants: false });
    if (reading === undefined) throw new Error('there is no reading');
    const decided = (boundary: Policy | null): boolean =>
      isAuthorized(
        { permissions: { identity: [], boundary }, key, service: null, resource: null },
        request,
        reading,
      );
    const wide = policy({ Effect: 'Allow', Action: '*', Resource: '*', Principal: '*' });
    expect([decided(null), decided(wide)]).toEqual([true, false]);
  });
});

const foreign = { account: sibling, key: [to(root(sibling))] };
test.each<[sentence: string, setting: Setting, fate: string]>([
  ['the key alone is not enough', foreign, 'never'],
  ['both sides', { ...foreign, iam: [use()] }, 'always'],
  ['IAM is needed also where the role is named', { ...foreign, key: [to(whom(sibling, 'role'))] }, 'never'],
  [
    'what KMS does not serve across accounts',
    {
      account: sibling,
      key: [{ ...to(sibling), Action: 'kms:*' }],
      iam: [{ ...use(), Action: '*' }],
      action: 'kms:PutKeyPolicy',
    },
    'never',
  ],
  ['the root user needs no IAM', { ...foreign, kind: 'root' }, 'always'],
])('other account: %s', (_, setting, expected) => expect(fate(setting)).toBe(expected));

describe('organization policies', () => {
  const controls = (type: 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY', management = member) => ({
    management,
    controls: [
      { type, statements: [denyTo(type.startsWith('R') ? { Principal: '*' } : {})], targets: [owner] },
    ],
    withoutFullAccess: [],
  });
  const linked = '/aws-service-role/autoscaling.amazonaws.com/';
  const cases: readonly [string, Setting, string][] = [
    ['bind a role', { key: [to(role)] }, 'never'],
    ['bind the root user', { key: [to(root(owner))], kind: 'root' }, 'never'],
    ['do not bind service-linked roles', { key: [to(whom(owner, 'role', linked))], path: linked }, 'always'],
  ];
  const types = ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'] as const;
  test.each(types.flatMap((type) => cases.map((one) => [type, ...one] as const)))(
    '%s: %s',
    (type, _, setting, expected) => expect(fate({ ...setting, controls: controls(type) })).toBe(expected),
  );
  test.each(types)('%s: do not bind the management account', (type) =>
    expect(fate({ key: [to(role)], controls: controls(type, owner) })).toBe('always'),
  );
});

// biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable
const sameTeam = { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } };

describe('what AWS tells of the principal', () => {
  const delegated = (condition: Condition, more: Omit<Setting, 'key'> = {}): Setting => ({
    key: [to(owner)],
    iam: [use(condition)],
    ...more,
  });
  test.each<[Setting, string]>([
    [delegated(tagged, { tags: { team: 'x' } }), 'always'],
    [delegated(tagged, { tags: { team: 'y' } }), 'never'],
    [delegated(tagged), 'never'],
    [delegated({ StringEquals: { 'aws:username': 'app' } }, { kind: 'user' }), 'always'],
    [delegated({ StringEquals: { 'aws:username': 'app' } }), 'never'],
    [delegated({ StringLike: { 'aws:userid': 'AROAAPP:*' } }), 'always'],
    [delegated({ StringLike: { 'aws:userid': '*:s1' } }), 'sometimes'],
    [delegated({ StringEquals: { 'aws:PrincipalType': 'User' } }, { kind: 'user' }), 'always'],
    [delegated(sameTeam, { tags: { team: 'x' } }), 'always'],
    [delegated({ StringEquals: { 'aws:RequestedRegion': region } }), 'always'],
  ])('%j', (setting, expected) => expect(fate(setting)).toBe(expected));

  test('variables in a resource', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable
    const iam = [use(undefined, 'arn:aws:kms:*:${aws:PrincipalAccount}:key/*')];
    expect(fate({ key: [to(owner)], iam })).toBe('always');
    expect(fate({ ...foreign, iam })).toBe('never');
  });
});

test.each<[Condition, effect: 'Allow' | 'Deny', string]>([
  [{ Bool: { 'aws:MultiFactorAuthPresent': 'true' } }, 'Allow', 'sometimes'],
  [{ IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, 'Allow', 'sometimes'],
  [{ StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` } }, 'Allow', 'sometimes'],
  [{ StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` } }, 'Deny', 'directly'],
  [{ StringEquals: { 'kms:CallerAccount': sibling } }, 'Allow', 'never'],
  [{ BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } }, 'Deny', 'sometimes'],
  [{ StringEquals: { 'aws:RequestedRegion': 'us-east-1' } }, 'Deny', 'always'],
])('what differs from request to request: %j: %s', (condition, effect, expected) => {
  const statement = { ...to(role, condition), Effect: effect };
  expect(fate({ key: effect === 'Allow' ? [statement] : [to(role), statement] })).toBe(expected);
});
