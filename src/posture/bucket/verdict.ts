import { valueOrNull } from '../../aws/fact.ts';
import type { Admission, RequestFacts } from '../access/admission.ts';
import { type BucketAccess, bucketAccess } from '../access/bucket-access.ts';
import type { OrganizationKnowledge } from '../access/knowledge.ts';
import { s3 } from '../access/s3.ts';
import {
  type JudgedOperation,
  judgeParties,
  overall,
  type PartyVerdict,
  type Terms,
} from '../cross-account/judge.ts';
import { partiesOf } from '../cross-account/parties.ts';
import type { CrossAccountUse } from '../cross-account/use.ts';
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
  const terms: Terms = {
    key,
    checkedAgainst: 'caller',
    publicAccessBlocked: posture.publicAccess.blocksPolicy,
  };
  const parties = judgeParties({
    ...terms,
    admissions: readers.flatMap(byContents),
    context: access.context,
    operation: readObjects(posture),
  });
  const mayMissParties =
    posture.facts.policy.state !== 'known' ||
    (access.policy?.unread.some(({ effect }) => effect !== 'Deny') ?? false);
  return { crossAccountRead: overall(parties, mayMissParties, terms), parties, mayMissParties };
}

/** KMS sees which object is meant: several prefixes may fare differently. */
function byContents(admission: Admission): readonly Admission[] {
  const { only, except } = admission.contents;
  if (only === null || only.length < 2) return [admission];
  return only.map((path) => ({ ...admission, contents: { only: [path], except } }));
}

/**
 * GetObject makes S3 call kms:Decrypt for the reader, with the encryption context `aws:s3:arn`: the bucket's ARN
 * where a bucket key is used, else the object's (S3 user guide, "Encryption context", read 2026-11-24).
 */
function readObjects({ facts }: BucketPosture): JudgedOperation {
  const { scope, arn, encryption } = facts;
  const rule = valueOrNull(encryption);
  // "S3 Bucket Keys aren't supported for DSSE-KMS" (S3 user guide, read 2026-11-28).
  const bucketKey = rule?.bucketKeyEnabled === true && rule.sseAlgorithm === 'aws:kms';
  const request = ({ contents }: Admission): RequestFacts => {
    const [objects = `${arn}/${ANY_TEXT}`] = contents.only ?? [];
    return {
      viaService: viaService('s3', scope),
      encryptionContext: { 'aws:s3:arn': bucketKey ? arn : objects },
    };
  };
  return { name: 'read', keyActions: ['kms:Decrypt'], request };
}
