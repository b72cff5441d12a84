import { known } from '../aws/fact.ts';
import type { RequestFacts, ResourceContext } from '../posture/access/admission.ts';
import type { OrganizationKnowledge } from '../posture/access/knowledge.ts';
import { s3 } from '../posture/access/s3.ts';
import { reading, requestForObjects } from '../posture/bucket/operations.ts';
import type { JudgedPrincipal } from '../posture/iam/caller-requests.ts';
import type { SourcedPolicy } from '../posture/iam/clauses.ts';
import { type PolicyDocument, unreadablePolicy } from '../posture/policy/document.ts';
import { ANY_TEXT, likePattern } from '../posture/policy/pattern.ts';
import type { BucketTold } from './facts.ts';
import { type DataKey, keyParts, type Part } from './key-parts.ts';
import type { Link } from './link.ts';
import { byNothing } from './question.ts';
import { contextOf, documentsOf, type Subject, withPolicies } from './subject.ts';

/** Reading objects of a bucket, all or some, under its default key or another. */
export function bucketSubject(
  bucket: BucketTold,
  data: DataKey,
  organization: OrganizationKnowledge,
): Subject {
  const { arn, name } = bucket;
  const objects = bucket.objects === null ? `${arn}/${ANY_TEXT}` : likePattern(bucket.objects);
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
  const what = bucket.objects === null ? `objects of the bucket ${name}` : bucket.objects;
  return {
    ...bucket,
    asked: `read ${what}`,
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
