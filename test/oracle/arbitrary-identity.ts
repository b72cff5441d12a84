import type { Attached, IamAccount, IamPrincipal } from '../../lab/aws/iam/iam-account.ts';
import type { Policy } from '../../lab/aws/iam/policy.ts';
import fc from '../random.ts';
import { policies, version } from './arbitrary-identity-policy.ts';
import { membershipsOf } from './world.ts';

/** IAM of one account, as accounts have it: roles and users with the policies, groups and boundaries of practice. */

const fixed = (Action: string | string[]): Policy => version([{ Effect: 'Allow', Action, Resource: '*' }]);
const named = (id: string, name: string): string => `arn:aws:iam::${id}:policy/${name}`;

/** Managed policies: two of AWS's, bounds that leave keys and that do not, and two of the account's own. */
const managedOf = (id: string): fc.Arbitrary<IamAccount['managed']> =>
  fc.tuple(policies(id), policies(id)).map(([one, two]) => ({
    'arn:aws:iam::aws:policy/AdministratorAccess': fixed('*'),
    'arn:aws:iam::aws:policy/ReadOnlyAccess': fixed(['kms:Describe*', 'kms:List*', 's3:Get*']),
    [named(id, 'wide')]: version([{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }]),
    [named(id, 'narrow')]: fixed('s3:*'),
    [named(id, 'one')]: one,
    [named(id, 'two')]: two,
  }));

const attachedOf = (id: string): fc.Arbitrary<Attached> =>
  fc.record({
    inline: fc.oneof(
      { weight: 2, arbitrary: fc.constant([]) },
      { weight: 3, arbitrary: policies(id).map((one) => [one]) },
    ),
    attached: fc.subarray(
      [
        'arn:aws:iam::aws:policy/AdministratorAccess',
        'arn:aws:iam::aws:policy/ReadOnlyAccess',
        named(id, 'one'),
        named(id, 'two'),
      ],
      { maxLength: 1 },
    ),
  });

type Named = Pick<IamPrincipal, 'kind' | 'name' | 'path' | 'id'>;
/** Users and roles of the mix by their ids; policies name the first ones. */
const everybody: readonly Named[] = [
  { kind: 'role', name: 'app', path: '/', id: 'AROAAPP' },
  { kind: 'user', name: 'bob', path: '/', id: 'AIDABOB' },
  { kind: 'role', name: 'admin', path: '/', id: 'AROAADMIN' },
  { kind: 'role', name: 'deploy', path: '/a/', id: 'AROADEPLOY' },
  {
    kind: 'role',
    name: 'AWSServiceRoleForAutoScaling',
    path: '/aws-service-role/autoscaling.amazonaws.com/',
    id: 'AROALINKED',
  },
  {
    kind: 'role',
    name: 'AWSReservedSSO_Admins_0123456789abcdef',
    path: '/aws-reserved/sso.amazonaws.com/',
    id: 'AROASSO',
  },
  { kind: 'user', name: 'ann', path: '/team/', id: 'AIDAANN' },
];

const principalOf = (id: string, who: Named): fc.Arbitrary<IamPrincipal> =>
  fc
    .tuple(
      attachedOf(id),
      fc.constantFrom<Record<string, string>>({}, { team: 'x' }, { team: 'y', key: '1234abcd' }),
      fc.subarray(who.kind === 'user' ? ['staff'] : []),
      fc.constantFrom(null, null, null, null, 'wide', 'wide', 'narrow', 'one'),
    )
    .map(([attached, tags, groups, bounds]) => ({
      ...who,
      ...attached,
      tags,
      groups,
      // IAM gives service-linked roles none.
      boundary: bounds === null || who.id === 'AROALINKED' ? null : named(id, bounds),
    }));

/** @param most principals */
export const anyAccount = (id: string, most: number): fc.Arbitrary<IamAccount> =>
  fc
    .tuple(fc.subarray(everybody.slice(1), { minLength: 1, maxLength: most - 1 }), fc.nat(2))
    .chain(([others, membership]) =>
      fc.record({
        id: fc.constant(id),
        membership: fc.constant(membershipsOf(id)[membership % membershipsOf(id).length] ?? null),
        principals: fc.tuple(
          ...[everybody[0], ...others].flatMap((who) => (who ? [principalOf(id, who)] : [])),
        ),
        groups: attachedOf(id).map((staff) => ({ staff })),
        managed: managedOf(id),
      }),
    );
