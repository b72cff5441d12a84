import { describe, expect, it } from 'vitest';
import { AccountIamBuilder } from '../../../src/posture/iam/account-iam.ts';
import { SharedPolicies } from '../../../src/posture/iam/shared-policies.ts';
import type { AuthorizationPage, RoleDetail, UserDetail } from '../../../src/services/iam/facts.ts';

const empty: AuthorizationPage = { users: [], roles: [], groups: [], policies: [] };
const policyOf = (...actions: string[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: actions, Resource: '*' } });
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
});

const detail = {
  path: '/',
  id: 'A',
  createdAt: null,
  tags: {},
  inline: [],
  attached: [],
  boundaryArn: null,
};
const role = (name: string, more: Partial<RoleDetail> = {}): RoleDetail => ({
  ...detail,
  name,
  arn: `arn:aws:iam::1:role/${name}`,
  trustPolicy: trust,
  lastUsedAt: null,
  ...more,
});
const user = (name: string, more: Partial<UserDetail> = {}): UserDetail => ({
  ...detail,
  name,
  arn: `arn:aws:iam::1:user/${name}`,
  groups: [],
  ...more,
});

function build(pages: readonly Partial<AuthorizationPage>[], shared = new SharedPolicies()) {
  const builder = new AccountIamBuilder('111122223333', shared);
  for (const page of pages) builder.add({ ...empty, ...page });
  return builder.end();
}

const admin = { arn: 'arn:aws:iam::aws:policy/Admin', name: 'Admin' };

describe('the IAM of an account', () => {
  it.each([
    ['policies first', [1, 0, 2]],
    ['policies last', [0, 2, 1]],
  ])('is the same whatever comes first: %s', (_, order) => {
    const pages = [
      { users: [user('ann', { groups: ['staff'], attached: [admin], boundaryArn: admin.arn })] },
      { policies: [{ ...admin, text: policyOf('*') }] },
      {
        groups: [
          {
            arn: 'arn:g',
            name: 'staff',
            inline: [{ name: 'all', text: policyOf('kms:*') }],
            attached: [admin],
          },
        ],
      },
    ];
    const [ann] = build(order.map((index) => pages[index] ?? {})).identities;
    expect(ann).toMatchObject({ type: 'user', accountId: '111122223333', trust: null });
    const of = ann?.policySet.policies.map(({ arn, name, group, document }) => [
      arn,
      name,
      group,
      document.statements.flatMap(({ actions }) => actions),
    ]);
    expect(of).toHaveLength(3);
    expect(of).toEqual(
      expect.arrayContaining([
        [admin.arn, 'Admin', null, ['*']],
        [admin.arn, 'Admin', 'staff', ['*']],
        [null, 'all', 'staff', ['kms:*']],
      ]),
    );
    expect(ann?.policySet.boundary?.document.understood).toBe(true);
  });

  it.each([
    ['a managed policy that never came', role('r', { attached: [admin] })],
    ['a boundary that never came', role('r', { boundaryArn: admin.arn })],
    ['a group that never came', user('u', { groups: ['staff'] })],
    ['an inline policy without text', role('r', { inline: [{ name: 'p', text: null }] })],
  ])('may allow or deny anything by %s', (_, identity) => {
    const page = 'groups' in identity ? { users: [identity] } : { roles: [identity] };
    const [read] = build([page]).identities;
    const { policies, boundary } = read?.policySet ?? { policies: [], boundary: null };
    const [policy] = [...policies, ...(boundary === null ? [] : [boundary])];
    expect(policy?.document).toMatchObject({ understood: false, sha256: '', statements: [] });
    expect(policy?.document.unread).toMatchObject([{ effect: null }]);
  });

  it('marks the roles that AWS makes', () => {
    const { identities } = build([
      {
        roles: [
          role('a', { path: '/aws-service-role/rds.amazonaws.com/' }),
          role('b', { path: '/aws-reserved/sso.amazonaws.com/eu-west-1/' }),
          role('c', { path: '/team/' }),
        ],
      },
    ]);
    expect(
      identities.map(({ isServiceLinked, isIdentityCenter }) => [isServiceLinked, isIdentityCenter]),
    ).toEqual([
      [true, false],
      [false, true],
      [false, false],
    ]);
  });
});

describe('what is held', () => {
  it.each([
    [['kms:Decrypt'], true],
    [['KMS:*'], true],
    [['*'], true],
    [['k?s:Get*'], true],
    [['s*:*'], true],
    [['sts:AssumeRole'], true],
    [['iam:*', 'cloudwatch:*'], false],
    [['iam:*', 'logs:Get*'], true],
    [['s3express:*'], true],
    [['s3-outposts:*'], false],
  ])('of %j is a statement: %s', (actions, isHeld) => {
    const document = new SharedPolicies().document(policyOf(...actions), 'of_principals');
    expect(document.statements).toHaveLength(isHeld ? 1 : 0);
    expect(document).toMatchObject({ value: null, understood: true });
  });

  it('is every NotAction, and what is not understood', () => {
    const text = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' },
        { Effect: 'Maybe', Action: 'iam:*', Resource: '*' },
      ],
    });
    const document = new SharedPolicies().document(text, 'of_principals');
    expect(document.statements).toHaveLength(1);
    expect(document).toMatchObject({ understood: false, unread: [{ index: 1 }] });
  });

  it('of the same text is one document, and of the same policies one set, over all accounts', () => {
    const shared = new SharedPolicies();
    const inline = [{ name: 'p', text: policyOf('kms:*') }];
    const roles = [role('a', { inline }), role('b', { inline, boundaryArn: admin.arn })];
    const policies = [{ ...admin, text: policyOf('*') }];
    const [one, bounded] = build([{ roles, policies }], shared).identities;
    const [two] = build([{ roles, policies }], shared).identities;
    expect(two?.policySet).toBe(one?.policySet);
    expect(Object.isFrozen(one?.policySet)).toBe(true);
    expect(bounded?.policySet).not.toBe(one?.policySet);
    expect(bounded?.policySet.policies[0]?.document).toBe(one?.policySet.policies[0]?.document);
    expect(two?.trust).toBe(one?.trust);
    expect(shared.count).toBe(3);
  });

  it('of 10,000 roles in pages are the distinct documents', () => {
    const shared = new SharedPolicies();
    const pages = Array.from({ length: 10 }, (_, page) => ({
      roles: Array.from({ length: 1000 }, (_, index) =>
        role(`role-${page}-${index}`, {
          inline: [{ name: 'p', text: policyOf(`kms:${index % 20}`) }],
          attached: [admin],
        }),
      ),
    }));
    const { identities } = build([...pages, { policies: [{ ...admin, text: policyOf('*') }] }], shared);
    expect(identities).toHaveLength(10_000);
    expect(shared.count).toBe(22);
    expect(new Set(identities.map(({ policySet }) => policySet)).size).toBe(20);
  });

  it('of an inline text and a trust policy alike is read for each of the two', () => {
    const shared = new SharedPolicies();
    expect(shared.document(trust, 'of_resources').understood).toBe(true);
    expect(shared.document(trust, 'of_principals').understood).toBe(false);
  });
});
