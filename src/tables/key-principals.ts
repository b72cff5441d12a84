import { kms } from '../posture/access/kms.ts';
import type { Identity } from '../posture/iam/account-iam.ts';
import { assumable } from '../posture/iam/assumable.ts';
import type { PrincipalsAlike } from '../posture/iam/rights.ts';
import type { Verdict } from '../posture/iam/verdict.ts';
import { actionsOf } from '../posture/policy/action.ts';
import { boolean, integer, key, text, textList, timestamp } from './column.ts';
import { defineKeyTable } from './key-table.ts';
import { rolesShown } from './roles-shown.ts';
import { placeColumns } from './table.ts';

/** Beyond that many that can do the same with one key, they are counted by account. */
const rowsAlike = 10_000;

/** Who can really use a key, all policies taken together. */
export const keyPrincipals = defineKeyTable({
  name: 'aws_encryption_key_principals',
  title: 'Users and roles that can really use KMS keys',
  doc: 'One row for each key and each IAM user, role or root user that can do anything with it, by the key policy, AWS RAM and grants, IAM policies, permissions boundaries, service and resource control policies together. Of the own account, and of every account that the key lets in and whose IAM was read; root users of the own account and of accounts that the key names (where it lets in an organization or anyone, those of its accounts may, too). Only with `include_iam`. Session policies are not known. Nor are tags of sessions: where the trust policy of a role allows `sts:TagSession`, conditions on `aws:PrincipalTag/…` are not decided.',
  columns: {
    ...placeColumns,
    key_id: key(text('Joins `aws_encryption_keys`.')),
    arn: text("The key's ARN."),
    principal_arn: key(
      text(
        'The user, role or root user. `arn:aws:iam::111122223333:*` stands for users and roles of an account where more than 10,000 can do the same: see `principals_count`.',
      ),
    ),
    principal_type: text('`role`, `user`, `root`, or `account` where principals are counted together.'),
    principal_account_id: text('Its account.'),
    access: textList(
      '`use`, `grant`, `administer` (delete, disable, change the policy, …), `read_metadata`.',
    ),
    actions: textList('`kms:Decrypt`, …: what it can do, be it under conditions.'),
    unconditional_actions: textList(
      'Those of the actions that it can do whatever the request: no condition decides, and nothing is unknown.',
    ),
    certainty: text('`unconditional` when that holds for all actions, else `conditional`.'),
    conditions: textList(
      'What decides on the others: condition keys such as `kms:ViaService`, and what AWS leaves open or was not read, a phrase each.',
    ),
    allowed_by: textList('What lets it in: `key_policy`, `iam`, `grant`, `ram`.'),
    policy_arns: textList(
      'The IAM policies that allow it: ARNs, and names of those that are part of the user, role or group. Joins `aws_encryption_iam_policies.arn`.',
    ),
    limited_by: textList(
      'What takes a part of it away: `scp`, `rcp`, `boundary` (the permissions boundary), `deny` (a Deny statement).',
    ),
    can_escalate: boolean(
      'Whether it may give itself more: change the key policy (`kms:PutKeyPolicy`) or make grants (`kms:CreateGrant`). Null where conditions decide.',
    ),
    reached_through: textList(
      'Roles that can use, pass on or administer the key and that it can become by `sts:AssumeRole`, in one step and be it under conditions: up to 20 ARNs, those first that add a right. Only of accounts whose IAM was read, and by trust policies that were understood: whom else a role trusts, `trust_policy` of `aws_encryption_iam_principals` says. A principal that gets there by a role alone has empty `access` and `actions`.',
    ),
    service_linked: boolean(
      'Whether only an AWS service can assume the role. Null for root users and counts.',
    ),
    identity_center: boolean(
      'Whether IAM Identity Center made the role for a permission set. Null for root users and counts.',
    ),
    assumable: text(
      'Whether anybody can assume the role by its trust policy: `yes`, `no` (it names nobody that exists) or `unknown` (not understood). Null for users, root users and counts.',
    ),
    last_used_at: timestamp(
      'When the role was last used, for whatever it was; null for users, and when not in the 400 days that IAM keeps.',
    ),
    principals_count: integer('How many principals the row stands for: 1 but for counts.'),
  },
  values: ['tags'],
  // Resource control policies do not bind AWS managed keys: of a key that was not described, too much may be taken away.
  sources: ['metadata', 'policy', 'ramPolicy', 'grants'],
  rows({ facts, principals, throughRoles }) {
    const { scope, keyId, arn } = facts;
    const { partition } = scope;
    const place = { account_id: scope.accountId, region: scope.region, partition, key_id: keyId, arn };
    const direct = new Set(
      principals.flatMap((alike) => (alike.principals === 'root' ? [] : alike.principals)),
    );
    const counted = countedTogether(principals);
    const shown = rolesShown(principals);
    const reached = (identity: Identity) => shown(throughRoles.get(identity) ?? []);
    const ofDirect = principals.flatMap((alike) => {
      const cells = { ...place, principal_account_id: alike.accountId, ...verdictCells(alike.verdict) };
      return principalCells(alike, partition, counted.has(alike), reached).map((principal) => ({
        ...cells,
        ...principal,
      }));
    });
    const ofOthers = [...throughRoles.keys()].flatMap((identity) =>
      direct.has(identity)
        ? []
        : [
            {
              ...place,
              principal_account_id: identity.accountId,
              ...noDirectAccess,
              ...identityCells(identity, reached(identity)),
            },
          ],
    );
    return [...ofDirect, ...ofOthers];
  },
});

/** Those of whom more than so many can do the same: in each account the largest such set is counted. */
function countedTogether(principals: readonly PrincipalsAlike[]): ReadonlySet<PrincipalsAlike> {
  const alike = new Map<string, PrincipalsAlike[]>();
  for (const each of principals) {
    if (each.principals === 'root') continue;
    const name = JSON.stringify(verdictCells(each.verdict));
    alike.set(name, [...(alike.get(name) ?? []), each]);
  }
  const largest = new Map<string, PrincipalsAlike>();
  for (const sets of alike.values()) {
    if (sets.reduce((sum, each) => sum + each.principals.length, 0) <= rowsAlike) continue;
    for (const each of sets) {
      const before = largest.get(each.accountId);
      if (before === undefined || before.principals.length < each.principals.length)
        largest.set(each.accountId, each);
    }
  }
  return new Set(largest.values());
}

const noDirectAccess = {
  access: [],
  actions: [],
  unconditional_actions: [],
  certainty: 'conditional',
  conditions: [],
  allowed_by: [],
  policy_arns: [],
  limited_by: [],
  can_escalate: false,
};

function verdictCells({ sure, most, ...verdict }: Verdict) {
  const catalog = actionsOf(kms);
  const escalating = catalog.named('PutKeyPolicy') | catalog.named('CreateGrant');
  return {
    access: catalog.access(most),
    actions: catalog.list(most),
    unconditional_actions: catalog.list(sure),
    certainty: sure === most ? 'unconditional' : 'conditional',
    conditions: verdict.dependsOn,
    allowed_by: verdict.allowedBy,
    policy_arns: verdict.identityPolicies,
    limited_by: verdict.limitedBy,
    can_escalate: (sure & escalating) !== 0n ? true : (most & escalating) !== 0n ? null : false,
  };
}

const ofNoIdentity = {
  reached_through: [],
  service_linked: null,
  identity_center: null,
  assumable: null,
  last_used_at: null,
};

function principalCells(
  { accountId, principals }: PrincipalsAlike,
  partition: string,
  isCounted: boolean,
  reached: (identity: Identity) => readonly string[],
) {
  const arnOf = (what: string): string => `arn:${partition}:iam::${accountId}:${what}`;
  if (principals === 'root')
    return [{ principal_arn: arnOf('root'), principal_type: 'root', ...ofNoIdentity, principals_count: 1 }];
  if (isCounted) {
    const count = { principals_count: principals.length, ...ofNoIdentity };
    return [{ principal_arn: arnOf('*'), principal_type: 'account', ...count }];
  }
  return principals.map((identity) => identityCells(identity, reached(identity)));
}

const identityCells = (
  { arn, type, trust, isServiceLinked, isIdentityCenter, lastUsedAt }: Identity,
  reached: readonly string[],
) => ({
  principal_arn: arn,
  principal_type: type,
  reached_through: reached,
  service_linked: isServiceLinked,
  identity_center: isIdentityCenter,
  assumable: trust && assumable(trust),
  last_used_at: lastUsedAt,
  principals_count: 1,
});
