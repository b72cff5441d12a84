import type { BucketPosture } from '../bucket/posture.ts';
import type { Fix } from './fix.ts';
import type { PartyUse } from './locked.ts';
import { awsCommand } from './shell.ts';
import { takingAway } from './take-away.ts';

/** What takes those who are locked out out of the bucket's policy. */
export const takingAwayBucket = (posture: BucketPosture, uses: readonly PartyUse[]): readonly Fix[] => {
  const { facts, access } = posture;
  const { arn, name, scope } = facts;
  if (access.policy === null) return [];
  const s3api = (operation: string, ...words: readonly string[]): string =>
    awsCommand('s3api', operation, scope.region, ['--bucket', name, ...words]);
  return takingAway({
    on: arn,
    policy: access.policy,
    findings: access.findings,
    context: access.context,
    uses,
    put: `${s3api('get-bucket-policy', '--query', 'Policy', '--output', 'text')} > bucket-policy.json\n${s3api('put-bucket-policy', '--policy', 'file://bucket-policy.json')}`,
    remove: s3api('delete-bucket-policy'),
  });
};
