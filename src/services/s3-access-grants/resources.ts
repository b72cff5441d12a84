import { type AwsError, isFailedRead } from '../../aws/error.ts';
import { type Fact, known, readFact } from '../../aws/fact.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';
import type { Scope } from '../../organization/model.ts';
import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { type AccessGrant, accessGrantsReads, noInstance } from '../s3/access-grants.ts';
import { bucketReads } from '../s3/calls.ts';
import type { ReadResource, ResourceService } from '../service.ts';
import { byPolicy } from '../sharing.ts';
import { bucketOf, grantSharing } from './grantee.ts';
import { accessGrantsRules, bucketDefault, rulesOfGrant } from './rules.ts';

/** The instance of the region, with its grants after it; nothing where there is none. */
export const s3AccessGrants: ResourceService = {
  rules: accessGrantsRules,

  async *list(access, scope, wanted) {
    const reads = accessGrantsReads(access, scope.accountId);
    const arn = await reads.instance();
    if (arn === null) return;
    const policy = await readFact(reads.policy());
    if (policy.state === 'unread' && hasGone(policy.error)) return;
    const sharing = policy.state === 'known' ? known(byPolicy(policy.value)) : policy;
    const resourceType = 'access_grants_instance';
    const encryption = known({ state: 'none', key: null } as const);
    yield [async () => ({ scope, resourceType, arn, encryption, sharing })];
    if (wanted === 'policy') return;
    const encryptionOf = bucketEncryptions(access);
    try {
      for await (const grants of reads.grants())
        yield grants.map((grant) => readGrant(grant, { scope, policy, encryptionOf }));
    } catch (error) {
      if (!isFailedRead(error) || !hasGone(error)) throw error;
    }
  },
};

/** What the grants of an instance have in common. */
interface Around {
  readonly scope: Scope;
  readonly policy: Fact<string | null>;
  readonly encryptionOf: (bucket: string) => Promise<Fact<ResourceEncryption>>;
}

const readGrant =
  (grant: AccessGrant, { scope, policy, encryptionOf }: Around): ReadResource =>
  async () => {
    const bucket = bucketOf(grant.grantScope);
    const encryption = bucket === null ? notKnown : await encryptionOf(bucket);
    const shared = grantSharing(grant, policy, encryption);
    const facts = { scope, resourceType: 'access_grant', arn: grant.arn, encryption, ...shared };
    return [{ rules: rulesOfGrant(grant.permission), facts }];
  };

const notKnown = known({ state: 'unknown', key: null } as const);

/** The default encryption of buckets, each asked once. A bucket that is gone has none that anybody knows. */
function bucketEncryptions(access: ScopeAccess): Around['encryptionOf'] {
  const asked = new Map<string, Promise<Fact<ResourceEncryption>>>();
  const ask = async (bucket: string): Promise<Fact<ResourceEncryption>> => {
    const fact = await readFact(bucketReads(access, bucket).encryption());
    if (fact.state === 'known') {
      const { sseAlgorithm = null, kmsMasterKeyId = null } = fact.value ?? {};
      return known(bucketDefault(sseAlgorithm, kmsMasterKeyId));
    }
    return fact.state === 'unread' && fact.error.reason === 'not_found' ? notKnown : fact;
  };
  return (bucket) => {
    const found = asked.get(bucket) ?? ask(bucket);
    asked.set(bucket, found);
    return found;
  };
}

/** The instance was deleted meanwhile. */
const hasGone = ({ code }: AwsError): boolean => code === noInstance;
