import { byCaller, byNobody, doingElse, oneOf, reading, writing } from '../../posture/resource/rules.ts';
import type { SortRules } from '../sort-rules.ts';
import { s3TablesGrammar } from './grammar.ts';

/**
 * Table buckets: the key of tables that are created without one of their own. Whoever reads or writes a table needs the
 * key, and so does `maintenance.s3tables.amazonaws.com`, without which none can be created; AWS managed keys are not
 * supported (S3 user guide, "Permission requirements for S3 Tables SSE-KMS encryption" and "Using server-side encryption
 * with AWS KMS keys (SSE-KMS) in table buckets", read 2026-11-29). AWS names kms:GenerateDataKey and kms:Decrypt for
 * both: who reads is not called locked out for want of the first. Tables are replicated by a role of the account, to other
 * accounts as well (PutTableBucketReplication, botocore 1.44.8, read 2026-11-29).
 */
export const s3TablesRules = {
  service: 's3tables',
  byDefault: true,
  title: 'Amazon S3 table buckets',
  resourceTypes: {
    table_bucket: "the default of its tables; a table's own encryption and policy are not read",
  },
  calls: {
    's3tables:ListTableBuckets': null,
    's3tables:GetTableBucketEncryption': null,
    's3tables:GetTableBucketPolicy': null,
  },
  encryptionCalls: ['s3tables:GetTableBucketEncryption'],
  sharedBy: 'policy',
  coveredByRcps: false,
  whenKeyIsLost: 'not_known',
  viaService: 's3tables',
  defaultAlias: null,
  checkedAgainst: 'both',
  grammar: s3TablesGrammar,
  // "If a user has GetTableData permissions, then they can read all the files associated with the table" ("Access
  // management for S3 Tables", read 2026-11-29).
  operations: [
    reading('read tables', oneOf('s3tables', 'GetTableData'), byCaller('kms:Decrypt')),
    writing(
      'write tables',
      oneOf('s3tables', 'PutTableData'),
      byCaller('kms:GenerateDataKey', 'kms:Decrypt'),
    ),
    doingElse(
      'delete tables or point them to other files',
      oneOf('s3tables', 'DeleteTable UpdateTableMetadataLocation'),
      byNobody,
    ),
  ],
  // Of a table or of the bucket, and what is below.
  encryptionContext: (arn) => ({ 'aws:s3:arn': `${arn}/*` }),
  caveat:
    'policies and keys of its tables, which may let others in or differ from the default, are not read, nor are AWS Lake Formation and the buckets that tables are replicated to',
} as const satisfies SortRules;
