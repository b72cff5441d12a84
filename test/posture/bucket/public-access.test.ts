import { describe, expect, test } from 'vitest';
import { type Fact, known, notApplicable, unread } from '../../../src/aws/fact.ts';
import { publicAccess } from '../../../src/posture/bucket/public-access.ts';
import type { AclGrant, PublicAccessBlock } from '../../../src/services/s3/facts.ts';
import { denied } from '../cross-account/cast.ts';
import { block, bucketFacts } from './bucket.ts';

const on = known(block({ restrictPublicBuckets: true }));
const off = known(block());
const unset = known(null);
const unreadBlock = unread(denied('s3:GetPublicAccessBlock'));
/** AWS answered the block without this setting. */
const unsaid = known(block({ restrictPublicBuckets: null }));

describe('RestrictPublicBuckets in effect', () => {
  test.each<
    [
      bucket: Fact<PublicAccessBlock | null>,
      account: Fact<PublicAccessBlock | null>,
      effective: boolean | null,
    ]
  >([
    [on, off, true],
    [off, on, true],
    [on, on, true],
    [off, off, false],
    [unset, unset, false],
    [unset, on, true],
    [on, unreadBlock, true],
    [unreadBlock, on, true],
    [unreadBlock, off, null],
    [off, unreadBlock, null],
    [unreadBlock, unreadBlock, null],
    [unsaid, off, null],
  ])('bucket %j, account %j: %s', (publicAccessBlock, accountPublicAccessBlock, effective) => {
    const facts = bucketFacts({ publicAccessBlock, accountPublicAccessBlock });
    expect(publicAccess(facts).restrictPublicBuckets).toBe(effective);
  });
});

describe('public, before any block', () => {
  const everybody: AclGrant = {
    grantee: 'http://acs.amazonaws.com/groups/global/AllUsers',
    permission: 'READ',
  };
  const authenticated: AclGrant = {
    grantee: 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers',
    permission: 'READ',
  };
  const owner: AclGrant = { grantee: 'ownercanonicalid', permission: 'FULL_CONTROL' };
  const aclsOn = { ownership: known('ObjectWriter') };
  const unreadOwnership = { ownership: unread(denied('s3:GetBucketOwnershipControls')) };

  test.each<[what: string, changes: Parameters<typeof bucketFacts>[0], isPublic: boolean | null]>([
    ['no policy, ACLs off', {}, false],
    ['AWS calls the policy public', { policyIsPublic: known(true) }, true],
    ['AWS calls the policy not public', { policyIsPublic: known(false) }, false],
    ['policy status denied', { policyIsPublic: unread(denied('s3:GetBucketPolicyStatus')) }, null],
    ['an ACL for everybody', { ...aclsOn, acl: known([owner, everybody]) }, true],
    ['an ACL for any AWS account', { ...aclsOn, acl: known([authenticated]) }, true],
    ['an ACL for the owner only', { ...aclsOn, acl: known([owner]) }, false],
    [
      'an old bucket without ownership controls, ACL for everybody',
      { ownership: known(null), acl: known([everybody]) },
      true,
    ],
    ['an ACL that ownership switches off', { acl: notApplicable }, false],
    ['an ACL that was denied', { ...aclsOn, acl: unread(denied('s3:GetBucketAcl')) }, null],
    ['an ACL for everybody, ownership denied', { ...unreadOwnership, acl: known([everybody]) }, null],
    ['an ACL for the owner only, ownership denied', { ...unreadOwnership, acl: known([owner]) }, false],
    [
      'a public policy and an ACL that was denied',
      { ...aclsOn, policyIsPublic: known(true), acl: unread(denied('s3:GetBucketAcl')) },
      true,
    ],
    ['a public policy under a block', { policyIsPublic: known(true), publicAccessBlock: on }, true],
  ])('%s', (_what, changes, isPublic) => {
    expect(publicAccess(bucketFacts(changes)).isPublic).toBe(isPublic);
  });
});

describe('the block keeps other accounts out', () => {
  test.each<[what: string, changes: Parameters<typeof bucketFacts>[0], blocks: boolean | null]>([
    ['public policy, restricted', { policyIsPublic: known(true), publicAccessBlock: on }, true],
    [
      'public policy, restricted by the account',
      { policyIsPublic: known(true), accountPublicAccessBlock: on },
      true,
    ],
    ['public policy, not restricted', { policyIsPublic: known(true), publicAccessBlock: off }, false],
    ['policy not public, restricted', { policyIsPublic: known(false), publicAccessBlock: on }, false],
    ['no policy, restricted', { publicAccessBlock: on }, false],
    [
      'status denied, restricted',
      { policyIsPublic: unread(denied('s3:GetBucketPolicyStatus')), publicAccessBlock: on },
      null,
    ],
    ['status denied, not restricted', { policyIsPublic: unread(denied('s3:GetBucketPolicyStatus')) }, false],
    [
      'public policy, the block denied',
      { policyIsPublic: known(true), publicAccessBlock: unreadBlock },
      null,
    ],
  ])('%s', (_what, changes, blocks) => {
    expect(publicAccess(bucketFacts(changes)).blocksPolicy).toBe(blocks);
  });
});
