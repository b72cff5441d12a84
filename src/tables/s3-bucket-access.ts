import type { BucketPosture } from '../posture/bucket/posture.ts';
import { accessCells, accessColumns } from './access-columns.ts';
import { key, text } from './column.ts';
import { defineTable, placeColumns, type Row } from './table.ts';

/** Whom bucket policies let in: one row for each statement and each of its principals. */
export const s3BucketAccess = defineTable({
  name: 'aws_encryption_s3_bucket_access',
  title: 'Who is let in by bucket policies',
  doc: 'One row for each bucket, statement of its policy, and principal: whom it lets in, from where, to do what, under which conditions. Block Public Access and the key are not considered here: see `aws_encryption_s3_buckets`.',
  columns: {
    ...placeColumns,
    name: key(text('The bucket; joins `aws_encryption_s3_buckets`.')),
    arn: text("The bucket's ARN."),
    ...accessColumns,
  },
});

export function s3BucketAccessRows({ facts, access }: BucketPosture): readonly Row<typeof s3BucketAccess>[] {
  const { scope, name, arn } = facts;
  return access.findings.map(({ row }) => ({
    account_id: scope.accountId,
    region: scope.region,
    partition: scope.partition,
    name,
    arn,
    ...accessCells(row, scope.accountName),
  }));
}
