import { valueOrNull } from '../../aws/fact.ts';
import type { Admission, RequestFacts } from '../access/admission.ts';
import { s3 } from '../access/s3.ts';
import { serviceNames } from '../access/service-names.ts';
import type { JudgedOperation } from '../cross-account/judged.ts';
import { viaService } from '../cross-account/via-service.ts';
import type { Access } from '../policy/grammar.ts';
import { ANY_TEXT } from '../policy/pattern.ts';
import type { BucketFacts } from './bucket-facts.ts';

/** Whoever may read a version by its id reads the object, too. */
export const reading = namesOf('read');
const putting = ['s3:PutObject'];
const replicating = ['s3:ReplicateObject'];

function namesOf(access: Access): readonly string[] {
  return Object.entries(s3.actions).flatMap(([name, rule]) => (rule.access === access ? [`s3:${name}`] : []));
}

/** GetObject makes S3 call kms:Decrypt for the reader. */
export const readObjects = (facts: BucketFacts): JudgedOperation =>
  operation('read', reading, ['kms:Decrypt'], facts);

/** PutObject makes S3 call kms:GenerateDataKey for the writer. */
export const writeObjects = (facts: BucketFacts): JudgedOperation =>
  operation('write', putting, ['kms:GenerateDataKey'], facts);

/**
 * A multipart upload needs kms:GenerateDataKey to begin and kms:Decrypt for its parts (re:Post, "Why do I get an Access
 * Denied error when I upload a large file that is encrypted by a KMS key", read 2026-11-28).
 */
export const writeInParts = (facts: BucketFacts): JudgedOperation =>
  operation('write in parts', putting, ['kms:GenerateDataKey', 'kms:Decrypt'], facts);

/**
 * S3 replicates with a role of the source's account, which needs kms:Encrypt on the replicas' key, and kms:Decrypt where
 * the bucket uses a bucket key (S3 user guide, "Replicating encrypted objects", read 2026-11-28).
 */
export const replicateObjects = (facts: BucketFacts): JudgedOperation =>
  operation(
    'replicate',
    replicating,
    usesBucketKey(facts) ? ['kms:Encrypt', 'kms:Decrypt'] : ['kms:Encrypt'],
    facts,
  );

function operation(
  name: string,
  actions: readonly string[],
  keyActions: readonly string[],
  facts: BucketFacts,
): JudgedOperation {
  return { name, actions: [actions], keyActions, request: (admission) => requestOf(admission, facts) };
}

/**
 * S3 sends the encryption context `aws:s3:arn`: the bucket's ARN where a bucket key is used, else the object's (S3 user
 * guide, "Encryption context", read 2026-11-24).
 */
function requestOf(admission: Admission, facts: BucketFacts): RequestFacts {
  const [objects = `${facts.arn}/${ANY_TEXT}`] = admission.contents.only ?? [];
  const request = requestForObjects(objects, facts);
  return { ...request, encryptionContext: { ...request.encryptionContext, ...ofCloudTrail(admission) } };
}

/** What S3 asks the key for some objects. @param objects pattern of their ARNs */
export function requestForObjects(objects: string, facts: BucketKeyFacts): RequestFacts {
  const { scope, arn } = facts;
  const request = {
    viaService: viaService('s3', scope),
    encryptionContext: { 'aws:s3:arn': usesBucketKey(facts) ? arn : objects },
  };
  return usesBucketKey(facts) ? request : { ...request, contents: 'aws:s3:arn' };
}

/** What of a bucket tells S3's requests to the key. */
type BucketKeyFacts = Pick<BucketFacts, 'scope' | 'arn' | 'encryption'>;

/** "S3 Bucket Keys aren't supported for DSSE-KMS" (S3 user guide, read 2026-11-28). */
function usesBucketKey({ encryption }: BucketKeyFacts): boolean {
  const rule = valueOrNull(encryption);
  return rule?.bucketKeyEnabled === true && rule.sseAlgorithm === 'aws:kms';
}

/**
 * A trail that names its key adds its ARN to the encryption context (CloudTrail user guide, "Configure KMS key policies",
 * read 2026-11-28); whether it does, the bucket does not tell.
 */
function ofCloudTrail(admission: Admission): Readonly<Record<string, string>> {
  if (admission.caller !== 'service') return {};
  const isCloudTrail = serviceNames(admission)?.includes('cloudtrail.amazonaws.com') ?? false;
  return isCloudTrail ? { 'aws:cloudtrail:arn': ANY_TEXT } : {};
}
