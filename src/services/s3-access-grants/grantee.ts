import { type Fact, known } from '../../aws/fact.ts';
import type { ResourceEncryption, ResourceFacts } from '../../posture/resource/resource-facts.ts';
import type { AccessGrant } from '../s3/access-grants.ts';

const directories: Readonly<Record<string, string>> = {
  DIRECTORY_USER: 'a user',
  DIRECTORY_GROUP: 'a group',
};
const permissions = new Set(['READ', 'WRITE', 'READWRITE']);

/**
 * Whom a grant lets in, as far as the policy of the instance does: without one nobody of another account can ask for
 * credentials, from a directory neither ("By deleting the resource policy, you delete any cross-account permissions to
 * your S3 Access Grants instance", S3 API reference, DeleteAccessGrantsInstanceResourcePolicy, read 2026-11-29).
 * @param policy of the instance
 * @param encryption of the bucket
 */
export function grantSharing(
  { granteeType, grantee, permission }: Pick<AccessGrant, 'granteeType' | 'grantee' | 'permission'>,
  policy: Fact<string | null>,
  encryption: Fact<ResourceEncryption>,
): Pick<ResourceFacts, 'sharing' | 'othersLetIn'> {
  if (policy.state !== 'known') return { sharing: policy };
  const principals = granteeType === 'IAM' ? [grantee] : [];
  const doubt = permissions.has(permission)
    ? doubtOfKey(encryption)
    : `this version does not know the permission ${permission}`;
  return {
    sharing: known({ by: 'policy', policy: policy.value, onlyTo: { principals, doubt } }),
    othersLetIn: policy.value === null || granteeType === 'IAM' ? undefined : reason(granteeType, grantee),
  };
}

/** KMS asks the location's role, which is not evaluated; where it is not asked, the key is no barrier. */
const doubtOfKey = (encryption: Fact<ResourceEncryption>): string | null =>
  encryption.state === 'known' && encryption.value.state === 'kms'
    ? "whether the role of its location may use the bucket's key is not evaluated"
    : null;

function reason(granteeType: string, grantee: string): string {
  const kind = directories[granteeType];
  return kind === undefined
    ? `its grantee is of the kind ${granteeType}, which this version does not know`
    : `it is for ${kind} of a directory (${grantee}), who may ask from any account that the policy of the instance lets in`;
}

/** The one bucket that a grant is for; null: it may be for several, or AWS does not say. */
export const bucketOf = (grantScope: string | null): string | null =>
  /^s3:\/\/([^/*]+)(?:\/|$)/i.exec(grantScope ?? '')?.[1] ?? null;
