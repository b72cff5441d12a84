import { type Fact, known } from '../aws/fact.ts';
import type { RequestFacts } from '../posture/access/admission.ts';
import { contextOfKey } from '../posture/access/key-access.ts';
import { kms } from '../posture/access/kms.ts';
import type { OrganizationKnowledge } from '../posture/access/knowledge.ts';
import { readPolicyOf } from '../posture/access/understood.ts';
import { noService } from '../posture/cross-account/key-serves.ts';
import type { JudgedPrincipal } from '../posture/iam/caller-requests.ts';
import type { SourcedPolicy } from '../posture/iam/clauses.ts';
import { byGrantee } from '../posture/iam/grant-side.ts';
import type { ResourcePolicies } from '../posture/iam/resource-policies.ts';
import { unreadablePolicy } from '../posture/policy/document.ts';
import { isUniqueId } from '../posture/policy/principal.ts';
import type { Grant } from '../services/kms/facts.ts';
import type { Step } from './chain.ts';
import type { Encryption, KeyState, KeyTold, Told } from './facts.ts';
import type { Link, LinkName, LinkVerdict } from './link.ts';
import { byNothing } from './question.ts';

/** A part of an operation: actions that policies decide on, or links that speak for themselves. */
export type Part = Step | { readonly links: readonly Link[] };

/** The key behind some data. */
export interface DataKey {
  readonly encryption: Encryption;
  /** Null: no row of it. */
  readonly key: KeyTold | null;
  /** Why there is no row, a phrase. */
  readonly missing: string;
}

const link = (name: LinkName, verdict: LinkVerdict, why: string): Link =>
  byNothing({ action: null }, name, verdict, why);

/** What KMS must allow a caller, and the state of the key. @param actions `kms:Decrypt` */
export function keyParts(
  data: DataKey,
  actions: readonly string[],
  request: RequestFacts | null,
  judged: JudgedPrincipal,
  organization: OrganizationKnowledge,
): readonly Part[] {
  const { encryption, key, missing } = data;
  if (encryption.state === 'no_key')
    return [{ links: [link('key', 'allowed', `no KMS barrier: ${encryption.how}`)] }];
  const isManaged = isAwsManaged(data);
  if (key !== null && !(isManaged && key.policy.state === 'not_told')) {
    const groups = actions.map((action) => [action]);
    return [
      { resource: policiesOfKey(key, request, judged, organization), groups },
      { links: [stateLink(key.state, request !== null)] },
    ];
  }
  const owner = key?.accountId ?? (encryption.state === 'key' ? encryption.accountId : null);
  if (isManaged) return [{ links: [managedLink(owner, judged.accountId)] }];
  return [{ links: [link('key', 'not_known', encryption.state === 'not_told' ? encryption.why : missing)] }];
}

/** By what the resource's row says of its key, or by the key's own. */
const isAwsManaged = ({ encryption, key }: DataKey): boolean =>
  (encryption.state === 'key' && encryption.isAwsManaged) ||
  (key?.state.state === 'told' && key.state.value.keyManager === 'AWS');

/** A service that uses the key by a grant of its own needs nothing of the caller. */
export function keyOfService({ encryption, key, missing }: DataKey): readonly Part[] {
  if (encryption.state === 'no_key')
    return [{ links: [link('key', 'allowed', `no KMS barrier: ${encryption.how}`)] }];
  const asked = link('key', 'allowed', 'the service uses the key by a grant of its own, whoever comes');
  if (key !== null) return [{ links: [asked, stateLink(key.state, true)] }];
  if (isAwsManaged({ encryption, key, missing }))
    return [{ links: [link('key', 'allowed', 'an AWS managed key, which the service uses itself')] }];
  const why = encryption.state === 'not_told' ? encryption.why : missing;
  return [{ links: [asked, link('key_state', 'not_known', why)] }];
}

/** AWS managed keys admit the account that they are in, by services; their policy was not synced. */
const managedLink = (owner: string | null, accountId: string): Link =>
  owner !== null && owner !== accountId
    ? link(
        'key',
        'denied',
        'an AWS managed key admits its own account only, and nobody can change its policy',
      )
    : link('key', 'not_known', 'the policy of the AWS managed key is not synced');

function stateLink(state: Told<KeyState>, forService: boolean): Link {
  if (state.state === 'not_told') return link('key_state', 'not_known', state.why);
  const { keySpec, keyUsage, keyState } = state.value;
  // A direct call may decrypt with an asymmetric key, too.
  const isDirect = !forService && keyUsage === 'ENCRYPT_DECRYPT';
  const metadata: Fact<typeof state.value> = known({
    ...state.value,
    keySpec: isDirect ? 'SYMMETRIC_DEFAULT' : keySpec,
  });
  const obstacle = noService({ metadata });
  if (obstacle === null) return link('key_state', 'allowed', `the key is in state ${keyState}`);
  const verdict = obstacle.use === 'unknown' ? 'not_known' : 'denied';
  return link('key_state', verdict, obstacle.problem);
}

/** What a key says of who may use it; what was not read may allow or deny anything. */
function policiesOfKey(
  key: KeyTold,
  request: RequestFacts | null,
  judged: JudgedPrincipal,
  organization: OrganizationKnowledge,
): ResourcePolicies {
  const { arn, accountId, region, partition, tags, state } = key;
  const scope = { accountId, accountName: null, region, partition };
  const context = contextOfKey({ arn, scope }, organization, request);
  const policies: SourcedPolicy[] = [keyPolicy('key_policy', key.policy)];
  if (key.ramPolicy.state === 'not_told') policies.push(keyPolicy('ram', key.ramPolicy));
  else if (key.ramPolicy.value !== null)
    policies.push(keyPolicy('ram', { state: 'told', value: key.ramPolicy.value }));
  return {
    policies,
    // They are among the policies: what explains shows what they may allow, too.
    unread: [],
    grants: byGrantee(grantsFor(key.grants, judged)),
    context: { ...context, region, ...(tags && { tags }) },
    underResourceControl: state.state === 'not_told' || state.value.keyManager !== 'AWS',
    needsNoPolicy: false,
  };
}

const keyPolicy = (kind: 'key_policy' | 'ram', text: Told<string>): SourcedPolicy => ({
  kind,
  id: kind,
  document: text.state === 'told' ? readPolicyOf(kms, text.value) : unreadablePolicy(text.why),
});

/** The id of the grant that stands for those that were not read. */
const unreadGrants = 'grants that were not read';

/** Of a principal whose unique id, or whose role's path, is not known a grant may be. */
function grantsFor(grants: Told<readonly Grant[]>, { identity }: JudgedPrincipal): readonly Grant[] {
  const perhaps = (grant: Grant): Grant => ({
    ...grant,
    granteePrincipal: identity.arn,
    constraints: { ...grant.constraints, NotRead: {} },
  });
  if (grants.state === 'not_told') return [perhaps({ ...anyGrant, grantId: unreadGrants })];
  return grants.value.flatMap((grant) =>
    mayBeFor(grant.granteePrincipal, identity) ? [grant, perhaps(grant)] : [grant],
  );
}

function mayBeFor(grantee: string | null, { arn, id, name }: JudgedPrincipal['identity']): boolean {
  if (grantee === null || id !== null) return false;
  const isOpenPath = arn.includes(':assumed-role/') && grantee.endsWith(`/${name}`);
  return isUniqueId(grantee) || isOpenPath;
}

const anyGrant: Omit<Grant, 'grantId'> = {
  name: null,
  creationDate: null,
  granteePrincipal: null,
  retiringPrincipal: null,
  granteeServicePrincipal: null,
  retiringServicePrincipal: null,
  issuingAccount: null,
  operations: ['Decrypt', 'Encrypt', 'GenerateDataKey', 'CreateGrant', 'DescribeKey'],
  constraints: null,
};
