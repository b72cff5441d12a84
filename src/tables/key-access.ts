import { accessCells, accessColumns } from './access-columns.ts';
import { key, text } from './column.ts';
import { defineKeyTable } from './key-table.ts';
import { placeColumns } from './table.ts';

/** Who may use a key: one row for each statement or grant and each of its principals. */
export const keyAccess = defineKeyTable({
  name: 'aws_encryption_key_access',
  title: 'Who may use KMS keys',
  doc: 'One row for each key, statement of its policies or grant, and principal: whom it lets in, from where, to do what, under which conditions.',
  columns: {
    ...placeColumns,
    key_id: key(text('Joins `aws_encryption_keys`.')),
    arn: text("The key's ARN."),
    ...accessColumns,
  },
  values: [],
  sources: ['policy', 'ramPolicy', 'grants'],
  rows(posture) {
    const { scope, keyId, arn } = posture.facts;
    return posture.access().findings.map(({ row }) => ({
      account_id: scope.accountId,
      region: scope.region,
      partition: scope.partition,
      key_id: keyId,
      arn,
      ...accessCells(row, scope.accountName),
    }));
  },
});
