import type { Admission, RequestFacts } from '../access/admission.ts';
import { type BucketAccess, bucketAccess } from '../access/bucket-access.ts';
import type { OrganizationKnowledge } from '../access/knowledge.ts';
import { s3 } from '../access/s3.ts';
import { type JudgedOperation, judgeParties, type PartyVerdict } from '../cross-account/judge.ts';
import { partiesOf } from '../cross-account/parties.ts';
import { type CrossAccountUse, summary } from '../cross-account/use.ts';
import { viaService } from '../cross-account/via-service.ts';
import { actionsOf } from '../policy/action.ts';
import { ANY_TEXT } from '../policy/pattern.ts';
import type { ResolvedKey } from '../resource-key.ts';
import type { BucketFacts } from './bucket-facts.ts';
import { type EncryptionPosture, encryptionPosture } from './encryption.ts';
import { type PublicAccess, publicAccess } from './public-access.ts';

/** What the bucket alone tells: before its key is looked up. */
export interface BucketPosture {
  readonly facts: BucketFacts;
  readonly encryption: EncryptionPosture;
  readonly publicAccess: PublicAccess;
  readonly access: BucketAccess;
  /** Whom the policy lets in to read objects, services included. */
  readonly readers: readonly Admission[];
  /** Whether anybody beyond the own account is among them: only then does it matter whom the key lets in. */
  readonly hasParties: boolean;
}

export function bucketPosture(facts: BucketFacts, organization: OrganizationKnowledge): BucketPosture {
  const { arn, scope, ownerCanonicalId, policy } = facts;
  const { accountId, partition } = scope;
  const encryption = encryptionPosture(facts.encryption);
  const underKms = encryption.sseClass === 'kms';
  const access = bucketAccess(
    { arn, accountId, partition, ownCanonicalId: ownerCanonicalId, policy, underKms },
    organization,
  );
  const admissions = access.findings.flatMap((finding) => finding.admissions);
  const catalog = actionsOf(s3);
  // Whoever may read a version by its id reads the object, too.
  const readers = admissions.filter(({ actions }) => catalog.access(actions).includes('read'));
  const nobody = { accounts: [], organizations: [] };
  return {
    facts,
    encryption,
    publicAccess: publicAccess(facts),
    access,
    readers,
    hasParties: partiesOf(readers, nobody, access.context).length > 0,
  };
}

/** The article's question, answered for one bucket. */
export interface BucketVerdict {
  readonly crossAccountRead: CrossAccountUse;
  /** Services are apart: `crossAccountRead` is about accounts. */
  readonly parties: readonly PartyVerdict[];
  /** More may be let in than the parties: the policy is unread or not understood. */
  readonly mayMissParties: boolean;
}

/**
 * Whether those whom the bucket's policy lets in can read objects that the owner's account wrote under the
 * bucket's default encryption. It still depends on IAM in the reader's account, and on organization policies.
 */
export function bucketVerdict(posture: BucketPosture, { key }: ResolvedKey): BucketVerdict {
  const { access, readers } = posture;
  const parties = judgeParties({
    admissions: readers,
    context: access.context,
    operation: readObjects(posture),
    key,
    checkedAgainst: 'caller',
    publicAccessBlocked: posture.publicAccess.blocksPolicy,
  });
  const uses = parties.filter(({ party }) => party.kind !== 'service').map(({ use }) => use);
  const mayMissParties =
    posture.facts.policy.state !== 'known' ||
    (access.policy?.unread.some(({ effect }) => effect !== 'Deny') ?? false);
  return {
    crossAccountRead: summary(mayMissParties ? [...uses, 'unknown'] : uses),
    parties,
    mayMissParties,
  };
}

/**
 * GetObject makes S3 call kms:Decrypt for the reader, with the encryption context `aws:s3:arn`: the bucket's ARN
 * where a bucket key is used, else the object's (S3 user guide, "Encryption context", read 2026-11-24).
 */
function readObjects({ facts }: BucketPosture): JudgedOperation {
  const { scope, arn, encryption } = facts;
  const bucketKey = encryption.state === 'known' && encryption.value?.bucketKeyEnabled === true;
  const request = ({ contents }: Admission): RequestFacts => {
    const [only = `${arn}/${ANY_TEXT}`, ...more] = contents.only ?? [];
    const objects = more.length === 0 ? only : `${arn}/${ANY_TEXT}`;
    return {
      viaService: viaService('s3', scope),
      encryptionContext: { 'aws:s3:arn': bucketKey ? arn : objects },
    };
  };
  return { name: 'read', keyActions: ['kms:Decrypt'], request };
}
