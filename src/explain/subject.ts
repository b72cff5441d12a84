import { known } from '../aws/fact.ts';
import type { RequestFacts, ResourceContext } from '../posture/access/admission.ts';
import { type OrganizationKnowledge, viewpointOf } from '../posture/access/knowledge.ts';
import { s3 } from '../posture/access/s3.ts';
import { readPolicyOf } from '../posture/access/understood.ts';
import { reading, requestForObjects } from '../posture/bucket/operations.ts';
import { viaService } from '../posture/cross-account/via-service.ts';
import type { JudgedPrincipal } from '../posture/iam/caller-requests.ts';
import type { SourcedPolicy } from '../posture/iam/clauses.ts';
import type { ResourcePolicies } from '../posture/iam/resource-policies.ts';
import { actionsOf } from '../posture/policy/action.ts';
import { type PolicyDocument, unreadablePolicy } from '../posture/policy/document.ts';
import type { ServiceGrammar } from '../posture/policy/grammar.ts';
import { ANY_TEXT, likePattern } from '../posture/policy/pattern.ts';
import type { ResourceRules } from '../posture/resource/rules.ts';
import type { BucketTold, KeyTold, OtherTold, ResourcePlace, Told } from './facts.ts';
import { type DataKey, keyOfService, keyParts, type Part } from './key-parts.ts';
import type { Link } from './link.ts';
import { byNothing } from './question.ts';

/** One way to do what is asked: all of its parts must allow it. */
export interface Operation {
  /** `read`, `receive`, `decrypt` */
  readonly name: string;
  readonly parts: (judged: JudgedPrincipal) => readonly Part[];
}

/** What is asked about: any of its operations is enough. */
export interface Subject extends ResourcePlace {
  /** After "can … ": `read objects of the bucket orders`. */
  readonly asked: string;
  readonly operations: readonly Operation[];
}

/** Reading objects of a bucket, under its default key or another. */
export function bucketSubject(
  bucket: BucketTold,
  data: DataKey,
  organization: OrganizationKnowledge,
): Subject {
  const { arn } = bucket;
  const objects = `${arn}/${ANY_TEXT}`;
  const underKms = data.encryption.state === 'key';
  const parts = (judged: JudgedPrincipal): readonly Part[] => {
    const isOwn = judged.accountId === bucket.accountId;
    const policies = [...documentsOf(bucket.policy, s3), ...(isOwn ? [] : accessControlLists(bucket))];
    const context: ResourceContext = {
      ...contextOf(bucket, s3, organization),
      contents: objects,
      underKms,
    };
    const resource = { ...withPolicies(policies, context), underResourceControl: true };
    return [
      { resource, groups: [[...reading].sort(objectsFirst)] },
      ...(isOwn ? [] : publicAccessBlock(bucket)),
      ...keyParts(data, ['kms:Decrypt'], requestOfBucket(bucket, objects), judged, organization),
    ];
  };
  return {
    ...bucket,
    asked: `read objects of the bucket ${bucket.name}`,
    operations: [{ name: 'read', parts }],
  };
}

/** What most callers do comes first of those that fare alike. */
const objectsFirst = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : 1);

function requestOfBucket(bucket: BucketTold, objects: string): RequestFacts {
  const { arn, usesBucketKey } = bucket;
  const scope = { ...bucket, accountName: null };
  const encryption = known({
    sseAlgorithm: 'aws:kms',
    kmsMasterKeyId: null,
    bucketKeyEnabled: usesBucketKey,
    blockedEncryptionTypes: null,
  });
  // The bucket's ARN or an object's.
  const named = usesBucketKey === null ? `${arn}${ANY_TEXT}` : objects;
  return requestForObjects(named, { scope, arn, encryption });
}

/** Where ACLs count, an object's may let another account in whatever the policy says; they are not read. */
const accessControlLists = ({ hasAcls }: BucketTold): readonly SourcedPolicy[] =>
  hasAcls === false ? [] : [{ kind: 'resource_policy', id: 'ACLs', document: acls }];

const aclsNotRead = 'ACLs are on or not known, and an object may let another account in by its own: not read';
const acls: PolicyDocument = {
  ...unreadablePolicy(aclsNotRead),
  unread: [{ index: 0, sid: null, effect: 'Allow', problem: aclsNotRead }],
};

function publicAccessBlock({ restrictsPublic, isPublic, hasAcls }: BucketTold): readonly Part[] {
  const told = (verdict: Link['verdict'], why: string): readonly Part[] => [
    { links: [byNothing({ action: null }, 'public_access_block', verdict, why)] },
  ];
  if (restrictsPublic === false || isPublic === false)
    return told(
      'allowed',
      isPublic === false ? 'the policy is not public' : 'it does not restrict the bucket',
    );
  if (restrictsPublic === null || isPublic === null)
    return told(
      'not_known',
      'whether the policy is public and Block Public Access restricts it was not read',
    );
  return hasAcls === false
    ? told('denied', 'the policy is public, and Block Public Access then keeps out all other accounts')
    : told(
        'not_known',
        'Block Public Access restricts the bucket; whether policy or ACL is public is not told',
      );
}

/** Reading a queue, secret, table, …: every operation that reads. */
export function resourceSubject(
  told: OtherTold,
  rules: ResourceRules,
  data: DataKey,
  organization: OrganizationKnowledge,
): Subject {
  const { arn, region, partition } = told;
  const { grammar } = rules;
  const request: RequestFacts = {
    viaService: viaService(rules.viaService, {
      accountId: told.accountId,
      accountName: null,
      region,
      partition,
    }),
    encryptionContext: Object.fromEntries(
      Object.entries(rules.encryptionContext(arn)).map(([key, value]) => [key, likePattern(value)]),
    ),
  };
  const context = contextOf(told, grammar, organization);
  const contents = contentsOf(arn, grammar);
  const resource: ResourcePolicies = {
    ...withPolicies(
      documentsOf(told.policy, grammar),
      contents === null ? context : { ...context, contents },
    ),
    underResourceControl: rules.coveredByRcps,
  };
  const open = openWithoutPolicy(told, rules);
  const operations = rules.operations.flatMap(({ name, access, actions, checkedAgainst, keyActions }) => {
    if (access !== 'read' || actions === null) return [];
    const parts = (judged: JudgedPrincipal): readonly Part[] => [
      open ?? { resource, groups: actions },
      ...(checkedAgainst === 'caller' ? keyParts(data, keyActions, request, judged, organization) : []),
      ...(checkedAgainst === 'service' ? keyOfService(data) : []),
    ];
    return [{ name, parts }];
  });
  const asked = `${operations.map(({ name }) => name).join(' or ')} (${told.service} ${told.resourceType})`;
  return { ...told, asked, operations };
}

/** Without a policy no IAM of anybody is asked, either; null: IAM and a policy decide. */
function openWithoutPolicy({ policy }: OtherTold, { withoutPolicy }: ResourceRules): Part | null {
  if (withoutPolicy === undefined || policy.state === 'not_told' || policy.value !== null) return null;
  return { links: [byNothing({ action: null }, 'resource_policy', 'not_known', withoutPolicy)] };
}

/** A table itself, not its indexes; all that is inside where only that can be reached; null: nothing is inside. */
function contentsOf(arn: string, grammar: ServiceGrammar): string | null {
  const { onEither, onContents } = actionsOf(grammar);
  if (onEither !== 0n) return arn;
  return onContents === 0n ? null : `${arn}${grammar.separator ?? '/'}${ANY_TEXT}`;
}

/** Decrypting with a key, by calls to KMS or through services. */
export function keySubject(key: KeyTold, organization: OrganizationKnowledge): Subject {
  const encryption = { state: 'key', arn: key.arn, isAwsManaged: false, accountId: key.accountId } as const;
  const parts = (judged: JudgedPrincipal): readonly Part[] =>
    keyParts({ encryption, key, missing: '' }, ['kms:Decrypt'], null, judged, organization);
  return { ...key, asked: `decrypt with the key ${key.arn}`, operations: [{ name: 'decrypt', parts }] };
}

const contextOf = (
  { arn, accountId, region, partition }: ResourcePlace,
  grammar: ServiceGrammar,
  organization: OrganizationKnowledge,
): ResourceContext => ({
  grammar,
  arn,
  partition,
  viewpoint: viewpointOf(organization, accountId),
  ownCanonicalId: null,
  request: null,
  region,
});

function documentsOf(policy: Told<string | null>, grammar: ServiceGrammar): readonly SourcedPolicy[] {
  if (policy.state === 'told' && policy.value === null) return [];
  const document =
    policy.state === 'told' ? readPolicyOf(grammar, policy.value ?? '') : unreadablePolicy(policy.why);
  return [{ kind: 'resource_policy', id: 'policy', document }];
}

const withPolicies = (
  policies: readonly SourcedPolicy[],
  context: ResourceContext,
): Omit<ResourcePolicies, 'underResourceControl'> => ({
  policies,
  grants: new Map(),
  context,
  needsNoPolicy: true,
});
