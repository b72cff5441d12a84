import type { Grant } from '../../lab/aws/iam/grant.ts';
import type { IamAccount, IamPrincipal } from '../../lab/aws/iam/iam-account.ts';
import type { Policy, Statement } from '../../lab/aws/iam/policy.ts';
import type { Control, Controls } from './controls.ts';
import type { IamWorld } from './iam-world.ts';
import { usableKey } from './usable-key.ts';
import { member, membershipsOf, owner, sibling } from './world.ts';

/** One combination of what decides whether a role may kms:Decrypt with a key. */
export interface IamCase {
  /** Whose role it is: of the key's account, or of another member of the organization. */
  readonly account: 'own' | 'other';
  /** How the key lets it in; `root`: its account as a whole. */
  readonly key: 'root' | 'role' | 'nobody' | 'grant' | 'ram';
  readonly iam: 'allows' | 'silent' | 'denies';
  readonly boundary: 'none' | 'allows' | 'silent';
  readonly scp: 'allow' | 'silent' | 'deny';
  readonly rcp: 'allow' | 'deny';
}

/** Every combination; RAM shares with other accounts only. */
export const iamCases: readonly IamCase[] = (['own', 'other'] as const).flatMap((account) =>
  (['root', 'role', 'nobody', 'grant', 'ram'] as const)
    .filter((key) => account === 'other' || key !== 'ram')
    .flatMap((key) =>
      (['allows', 'silent', 'denies'] as const).flatMap((iam) =>
        (['none', 'allows', 'silent'] as const).flatMap((boundary) =>
          (['allow', 'silent', 'deny'] as const).flatMap((scp) =>
            (['allow', 'deny'] as const).map((rcp) => ({ account, key, iam, boundary, scp, rcp })),
          ),
        ),
      ),
    ),
);

/** `open`: AWS does not say, or says both. */
export type Expected = 'always' | 'never' | 'open';

interface Rule {
  readonly when: (one: IamCase) => boolean;
  readonly answer: Expected;
}

/** The first rule that holds decides: written from AWS's documentation (read 2026-11-29), apart from the evaluator. */
const rules: readonly Rule[] = [
  // "An explicit deny in any of these policies overrides the allow."
  { when: ({ iam, scp, rcp }) => iam === 'denies' || scp === 'deny' || rcp === 'deny', answer: 'never' },
  // "If the enforcement code does not find any applicable Allow statements in the SCPs", the decision is Deny.
  { when: ({ scp }) => scp === 'silent', answer: 'never' },
  // "No AWS principal has any permissions to a KMS key unless that permission is provided explicitly."
  { when: ({ key }) => key === 'nobody', answer: 'never' },
  // A grantee of the own account needs no IAM policy; whether a silent boundary caps a grant is not said.
  {
    when: ({ account, key, boundary }) => account === 'own' && key === 'grant' && boundary === 'silent',
    answer: 'open',
  },
  { when: ({ account, key }) => account === 'own' && key === 'grant', answer: 'always' },
  // Permissions that a resource gives to a role's ARN "are limited by an implicit deny in a permissions boundary".
  {
    when: ({ account, key, boundary }) => account === 'own' && key === 'role' && boundary === 'silent',
    answer: 'never',
  },
  // The key policy alone suffices for whom it names in its own account.
  { when: ({ account, key }) => account === 'own' && key === 'role', answer: 'always' },
  // Across accounts, and where the key only names the account, IAM must allow, and the boundary with it.
  { when: ({ iam, boundary }) => iam === 'allows' && boundary !== 'silent', answer: 'always' },
  // Whether a grantee of another account needs IAM besides its grant is not said.
  { when: ({ key }) => key === 'grant', answer: 'open' },
  { when: () => true, answer: 'never' },
];

export function expectedOf(one: IamCase): Expected {
  const rule = rules.find(({ when }) => when(one));
  if (rule === undefined) throw new Error('no rule holds');
  return rule.answer;
}

const policy = (...Statement: readonly Statement[]): Policy => ({ Version: '2012-10-17', Statement });
const allow = (Action: string): Statement => ({ Effect: 'Allow', Action, Resource: '*' });
const deny = (Action: string): Statement => ({ Effect: 'Deny', Action, Resource: '*' });

const boundaries: Readonly<Record<string, Policy>> = {
  allows: policy(allow('*')),
  silent: policy(allow('s3:*')),
};

/** The world of a case: its role is `reader`, and nobody else has anything to do with the key. */
export function worldOf(one: IamCase): IamWorld {
  const id = one.account === 'own' ? owner : sibling;
  return {
    accounts: [accountOf(one, id)],
    keys: [{ tags: {}, key: keyOf(one, id) }],
    controls: controlsOf(one, id),
  };
}

function accountOf({ iam, boundary }: IamCase, id: string): IamAccount {
  const [membership = null] = membershipsOf(id);
  const inline = {
    allows: [policy(allow('kms:Decrypt'))],
    silent: [policy(allow('s3:*'))],
    denies: [policy(allow('kms:*'), deny('kms:Decrypt'))],
  };
  const bounds = `arn:aws:iam::${id}:policy/bounds`;
  const reader: IamPrincipal = {
    kind: 'role',
    name: 'reader',
    path: '/',
    id: 'AROAREADER0000000000',
    tags: {},
    groups: [],
    inline: inline[iam],
    attached: [],
    boundary: boundary === 'none' ? null : bounds,
  };
  const managed = boundaries[boundary];
  return { id, membership, principals: [reader], groups: {}, managed: managed ? { [bounds]: managed } : {} };
}

function keyOf({ key }: IamCase, id: string): IamWorld['keys'][number]['key'] {
  const named = {
    root: `arn:aws:iam::${id}:root`,
    role: `arn:aws:iam::${id}:role/reader`,
    ram: `arn:aws:iam::${id}:root`,
  };
  const letIn = (AWS: string): Statement => ({ ...allow('kms:*'), Principal: { AWS } });
  const keeper = letIn(`arn:aws:iam::${owner}:role/keeper`);
  const grant: Grant = { GranteePrincipal: named.role, Operations: ['Decrypt'] };
  return {
    ...usableKey(policy(keeper, ...(key === 'root' || key === 'role' ? [letIn(named[key])] : []))),
    ram: key === 'ram' ? policy(letIn(named.ram)) : null,
    grants: key === 'grant' ? [grant] : [],
  };
}

function controlsOf({ scp, rcp }: IamCase, id: string): Controls {
  const service = (statement: Statement): Control => ({
    type: 'SERVICE_CONTROL_POLICY',
    statements: [statement],
    targets: [id],
  });
  const scps = { allow: [], silent: [service(allow('s3:*'))], deny: [service(deny('kms:Decrypt'))] };
  const rcps: Control[] = [
    {
      type: 'RESOURCE_CONTROL_POLICY',
      statements: [{ ...deny('kms:Decrypt'), Principal: '*' }],
      targets: [owner],
    },
  ];
  return {
    management: member,
    controls: [...scps[scp], ...(rcp === 'deny' ? rcps : [])],
    withoutFullAccess: scp === 'silent' ? [id] : [],
  };
}
