import type { Key } from '../../lab/aws/iam/key.ts';
import {
  isAttached,
  type ListedPolicy,
  levelsOf,
  organizationPolicies,
} from '../../lab/aws/organization-policies.ts';
import { known, notApplicable, notAsked } from '../../src/aws/fact.ts';
import type { Scope } from '../../src/organization/model.ts';
import { accessToKey } from '../../src/posture/access/key-access.ts';
import type { OrganizationKnowledge } from '../../src/posture/access/knowledge.ts';
import {
  type AccessPointFacts,
  type AccessPointsOfBucket,
  noAccessPointsRead,
} from '../../src/posture/bucket/access-point-facts.ts';
import { bucketPosture } from '../../src/posture/bucket/posture.ts';
import { bucketVerdict } from '../../src/posture/bucket/verdict.ts';
import type { EntityVerdict } from '../../src/posture/cross-account/judge.ts';
import { assessKey } from '../../src/posture/key.ts';
import type { KeyFacts } from '../../src/posture/key-facts.ts';
import { classify } from '../../src/posture/key-types.ts';
import {
  type OrganizationPolicies,
  type OrganizationPolicy,
  type OrganizationPolicyType,
  organizationPolicy,
  type PolicyKnowledge,
  type PolicyLevel,
} from '../../src/posture/organization-policies/policies.ts';
import type { ResourceSharing } from '../../src/posture/resource/resource-facts.ts';
import type { ResourceRules } from '../../src/posture/resource/rules.ts';
import { resourcePosture, resourceVerdict } from '../../src/posture/resource/verdict.ts';
import { type ResolvedKey, withoutKey } from '../../src/posture/resource-key.ts';
import { ebsSnapshotRules } from '../../src/services/ebs/rules.ts';
import type { PublicAccessBlock } from '../../src/services/s3/facts.ts';
import { sqsRules } from '../../src/services/sqs/rules.ts';
import { keyMetadata } from '../posture/keys.ts';
import { oneKey } from '../posture/resource/one-key.ts';
import type { DelegatingBucket } from './arbitrary-access-points.ts';
import type { Bucket, Queue, Snapshot } from './arbitrary-world.ts';
import type { EntityAnswer } from './compare-entities.ts';
import { type Controls, organizationOf, root } from './controls.ts';
import { arnOf, type Passage } from './passage.ts';
import { keyArn, members, ours, owner, paths, queueArn, region, snapshotArn } from './world.ts';

/** Where the product is called: what it is told of a random world, and what it answers. */

const scope = { accountId: owner, accountName: 'data', region, partition: 'aws' };

export const knowledge: OrganizationKnowledge = {
  organizationId: ours,
  memberAccountIds: new Set(members),
  memberPaths: paths,
  knownAccounts: {},
};

/** @param where the key is */
export function keyFacts(key: Key, where: Scope = scope): KeyFacts {
  const { arn } = key;
  const id = arn.slice(arn.lastIndexOf('/') + 1);
  return {
    scope: where,
    keyId: id,
    arn,
    metadata: known(
      keyMetadata({
        arn,
        accountId: owner,
        keyId: id,
        keyManager: key.manager,
        keySpec: key.spec,
        keyUsage: key.usage,
        keyState: key.state,
        enabled: key.state === 'Enabled',
      }),
    ),
    policy: known(JSON.stringify(key.policy)),
    ramPolicy: known(key.ram && JSON.stringify(key.ram)),
    grants: known(
      key.grants.map((grant, index) => ({
        grantId: `g${index}`,
        name: null,
        creationDate: null,
        granteePrincipal: grant.GranteePrincipal ?? null,
        retiringPrincipal: null,
        granteeServicePrincipal: grant.GranteeServicePrincipal ?? null,
        retiringServicePrincipal: null,
        issuingAccount: owner,
        operations: grant.Operations,
        constraints: grant.Constraints ?? null,
      })),
    ),
    aliases: notAsked,
    tags: notAsked,
    rotationStatus: notAsked,
    rotations: notAsked,
    lastUsage: notAsked,
  };
}

export const sharingByProduct = (key: Key) => accessToKey(keyFacts(key), knowledge).sharing;

/** The sharing of a key in an organization with policies: what the key's documents say, and what policies leave of it. */
export function controlledSharingByProduct(key: Key, controls: Controls) {
  const posture = assessKey(
    keyFacts(key),
    { ...knowledge, policies: policiesOf(controls) },
    new Date('2026-11-29T00:00:00Z'),
  );
  return { documents: posture.access().sharing, effective: posture.effectiveSharing() };
}

/** A verdict of the product on one operation. */
export interface Answer {
  readonly entities: readonly EntityAnswer[];
  /** Nobody is let in but the entities. */
  readonly complete: boolean;
}

export function resolved(key: Key | null, where: Scope = scope): ResolvedKey {
  if (key === null) return withoutKey('aws_owned');
  const facts = keyFacts(key, where);
  const metadata = facts.metadata.state === 'known' ? facts.metadata.value : null;
  return {
    key: key.manager === 'AWS' ? { state: 'aws_managed', facts } : { state: 'found', facts },
    arn: facts.arn,
    accountId: owner,
    type: metadata && classify(metadata).keyType,
    errors: [],
  };
}

export const answersOf = (verdicts: readonly EntityVerdict[]): readonly EntityAnswer[] =>
  verdicts.map(({ entity, use }) => ({ kind: entity.kind, id: 'id' in entity ? entity.id : null, use }));

/** The organization's policies as the product takes them; Organizations tells all of them. */
export function policiesOf(world: Controls): OrganizationPolicies {
  const organization = organizationOf(world);
  const all = organizationPolicies(organization).map((listed) => ({ listed, policy: policyOf(listed) }));
  const read = (type: OrganizationPolicyType): PolicyKnowledge => {
    const at = (id: string): PolicyLevel =>
      all
        .filter(({ listed }) => listed.type === type && isAttached(organization, listed, id))
        .map(({ policy }) => policy);
    const levels = members.map((id) => {
      const account = organization.accounts.get(id);
      return [id, account === undefined ? [] : levelsOf(organization, account).map(at)] as const;
    });
    return { state: 'read', root: at(root), levels: new Map(levels), unplaced: [] };
  };
  return {
    serviceControl: read('SERVICE_CONTROL_POLICY'),
    resourceControl: read('RESOURCE_CONTROL_POLICY'),
    managementAccountId: world.management,
    memberAccountIds: new Set(members),
  };
}

const policyOf = ({ id, name, type, content }: ListedPolicy): OrganizationPolicy =>
  organizationPolicy({ id, name, type: type as OrganizationPolicyType }, content);

/** @param controls the organization's policies; null: the product was not asked to read them */
export const bucketByProduct = (bucket: Bucket, controls: Controls | null = null): BucketAnswers =>
  bucketAnswers(bucket, noAccessPointsRead, controls);

/** A bucket with those of its access points that were read. */
export function delegatingBucketByProduct({ bucket, passages, read }: DelegatingBucket): BucketAnswers {
  const points = passages.filter(({ account }) => read.includes(account)).map(pointFacts);
  return bucketAnswers(bucket, { points, readAccounts: new Set(read) }, null);
}

const pointFacts = (passage: Passage): AccessPointFacts => ({
  scope: { ...scope, accountId: passage.account },
  kind: 'access_point',
  name: passage.name,
  arn: arnOf(passage),
  alias: null,
  bucket: 'lake',
  bucketAccountId: owner,
  networkOrigin: passage.origin,
  vpcId: passage.origin === 'VPC' ? 'vpc-1' : null,
  dataSourceType: null,
  publicAccessBlock: known(blockOf(passage.restricts)),
  policy: known(passage.policy === null ? null : JSON.stringify(passage.policy)),
  policyIsPublic: known(passage.policy === null ? null : passage.isPublic),
});

interface BucketAnswers {
  readonly read: Answer;
  readonly write: Answer;
}

const blockOf = (restrictPublicBuckets: boolean): PublicAccessBlock => ({
  blockPublicAcls: false,
  ignorePublicAcls: false,
  blockPublicPolicy: false,
  restrictPublicBuckets,
});

const bucketAnswers = (
  bucket: Bucket,
  accessPoints: AccessPointsOfBucket,
  controls: Controls | null,
): BucketAnswers => answersOfBucket(judgedBucket(bucket, accessPoints, controls));

/** @param named what it is called, and where it is */
export function judgedBucket(
  { policy, key, bucketKey, blocked }: Bucket,
  accessPoints: AccessPointsOfBucket,
  controls: Controls | null,
  { name, where }: { readonly name: string; readonly where: Scope } = { name: 'lake', where: scope },
) {
  const posture = bucketPosture(
    {
      scope: where,
      name,
      arn: `arn:${where.partition}:s3:::${name}`,
      creationDate: null,
      ownerCanonicalId: 'ownercanonicalid',
      encryption: known({
        sseAlgorithm: key === null ? 'AES256' : 'aws:kms',
        kmsMasterKeyId: key?.arn ?? null,
        bucketKeyEnabled: bucketKey,
        blockedEncryptionTypes: null,
      }),
      ownership: known('BucketOwnerEnforced'),
      publicAccessBlock: known(blockOf(blocked)),
      accountPublicAccessBlock: known(null),
      policy: known(JSON.stringify(policy)),
      policyIsPublic: known(blocked),
      acl: notApplicable,
      replication: known(null),
      loggingTarget: known(null),
    },
    controls === null ? knowledge : { ...knowledge, policies: policiesOf(controls) },
    accessPoints,
  );
  const of = resolved(key, where);
  return { posture, verdict: bucketVerdict(posture, of), key: of };
}

export function answersOfBucket({ posture, verdict }: ReturnType<typeof judgedBucket>): BucketAnswers {
  const complete = !posture.mayMissEntities;
  // Replication is another operation, with another need.
  const writers = verdict.write.writers.filter(({ by }) => by === 'put');
  return {
    read: { entities: answersOf(verdict.entities), complete },
    write: { entities: answersOf(writers), complete },
  };
}

function resourceByProduct(
  rules: ResourceRules,
  arn: string,
  sharing: ResourceSharing,
  key: Key,
  operation: string,
): Answer {
  const encryption = known({ state: 'kms', key: keyArn } as const);
  const posture = resourcePosture(
    {
      scope,
      resourceType: 'resource',
      arn,
      encryption,
      sharing: known(sharing),
      publicAccess: known({ state: 'unblocked', managedBy: 'account' }),
    },
    rules,
    knowledge,
  );
  const verdict = resourceVerdict(posture, oneKey(resolved(key)));
  const judged = verdict.operations.find((one) => one.operation.name === operation);
  return { entities: answersOf(judged?.entities ?? []), complete: posture.others === null };
}

export const queueByProduct = ({ policy, key }: Queue, operation: 'send' | 'receive'): Answer =>
  resourceByProduct(sqsRules, queueArn, { by: 'policy', policy: JSON.stringify(policy) }, key, operation);

export const copyByProduct = ({ accounts, everybody, key }: Snapshot): Answer =>
  resourceByProduct(
    ebsSnapshotRules,
    snapshotArn,
    { by: 'accounts', accountIds: accounts, everybody },
    key,
    'copy',
  );
