import { groupBy } from '../../group.ts';
import type { Organization } from '../../organization/model.ts';
import { entityText, iamText, policyText } from '../cross-account/entity-text.ts';
import { organizationPolicies } from '../cross-account/organization-policies.ts';
import { type EntityUse, uses } from '../cross-account/use.ts';
import type { SseClass } from './encryption.ts';
import { encryptionText } from './explanation.ts';
import { replicateObjects } from './operations.ts';
import type { BucketPosture } from './posture.ts';
import { type Doing, othersText, prefixText, useText } from './use-text.ts';
import type { WriterVerdict, WriteVerdict } from './writing.ts';

/** One sentence: who can and cannot write, under which encryption, and what else a writer may name. */
export function writeExplanation(
  posture: BucketPosture,
  verdict: WriteVerdict,
  organization: Organization,
): string {
  const { name } = posture.facts;
  const groups = groupsOf(verdict.writers);
  const texts = groups.map((some) => groupText(some, posture, verdict));
  if (posture.mayMissEntities) texts.push(othersText(posture));
  if (texts.length === 0) return `Bucket ${name}: the bucket policy admits no other account to write objects`;
  return [
    `Bucket ${name}, writes under its default, ${encryptionText(posture, verdict.key)}: ${texts.join(', and ')}`,
    ...headerTexts(verdict.writers, posture),
    ...organizationPolicies(organization, posture.access.context.viewpoint.policies, verdict.writers),
  ].join('; ');
}

/** Those of whom the same is said, by the order of precedence. */
function groupsOf(writers: readonly WriterVerdict[]): readonly (readonly WriterVerdict[])[] {
  const groups = groupBy(writers, (writer) => {
    const { use, by, demand, parts, sseS3Only } = writer;
    return JSON.stringify([
      uses.indexOf(use),
      by,
      demand,
      parts,
      sseS3Only,
      policyText(writer),
      iamText(writer),
    ]);
  });
  const rank = (some: readonly WriterVerdict[]): number =>
    Math.min(...some.map(({ use }) => uses.indexOf(use)));
  return [...groups.values()].sort((a, b) => rank(a) - rank(b));
}

function groupText(some: readonly WriterVerdict[], posture: BucketPosture, { key }: WriteVerdict): string {
  const names = some
    .map((verdict) => `${entityText(verdict.entity)}${prefixText(verdict, posture.facts.arn)}`)
    .join(', ');
  const [first] = some;
  if (first === undefined) return names;
  const { use, by, demand, parts, sseS3Only } = first;
  if (sseS3Only) return `${names} cannot write, because such logs reach buckets under SSE-S3 only`;
  if (demand === 'other' && use === 'unknown')
    return `${names} cannot write under it, because the bucket policy demands another encryption in the headers, whose key is not known here`;
  const doing = by === 'put' ? writing : replicating(posture);
  const under =
    demand === 'sse_s3' ? ' under SSE-S3, which the bucket policy demands in place of the default' : '';
  const whole =
    parts === null
      ? ''
      : `, but not in parts: multipart uploads need kms:Decrypt, too, which ${whoDoes(parts)} not allow`;
  return `${names} ${useText({ use, policies: policyText(first), iam: iamText(first) }, { ...doing, verb: `${doing.verb}${under}` }, posture, key)}${whole}`;
}

function whoDoes(parts: EntityUse): string {
  if (parts === 'blocked_by_organization_policy') return 'organization policies do';
  return parts === 'blocked_by_iam' ? 'IAM there does' : 'the key does';
}

const writing: Doing = { verb: 'write', keyActions: 'kms:GenerateDataKey' };

function replicating({ facts }: BucketPosture): Doing {
  return {
    verb: 'replicate objects into it under its key',
    keyActions: replicateObjects(facts).keyActions.join(' and '),
  };
}

const otherEncryptions: Readonly<Record<SseClass, string>> = {
  kms: 'SSE-S3 or another key',
  s3: 'a KMS key',
  unspecified: 'a KMS key',
  other: 'another encryption',
  unread: 'another encryption',
};

/** What holds for whom: under the default only, or nothing else is accepted. */
function headerTexts(writers: readonly WriterVerdict[], { encryption }: BucketPosture): readonly string[] {
  const put = writers.filter(({ by }) => by === 'put');
  const other = otherEncryptions[encryption.sseClass];
  const texts: string[] = [];
  if (put.some(({ demand }) => demand === 'free')) texts.push(`a writer may name ${other} instead`);
  if (put.some(({ demand }) => demand === 'default'))
    texts.push('the bucket policy accepts no other encryption');
  return texts;
}
