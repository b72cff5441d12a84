import { byCaller, byNobody, doingElse, oneOf, reading, writing } from '../../posture/resource/rules.ts';
import type { SortRules } from '../sort-rules.ts';
import { s3VectorsGrammar } from './grammar.ts';

const needsKey = byCaller('kms:Decrypt');

/**
 * Vector buckets: the key of indexes that are created without one of their own. Whoever reads or writes vectors needs
 * kms:Decrypt, and so does `indexing.s3vectors.amazonaws.com`; the key is a customer's, by its ARN (S3 user guide, "Data
 * protection and encryption in S3 Vectors", read 2026-11-29).
 */
export const s3VectorsRules = {
  service: 's3vectors',
  // Shareable, but many regions have no address of it, and each would be said not to be known whole.
  byDefault: false,
  title: 'Amazon S3 vector buckets',
  resourceTypes: { vector_bucket: "the default of its indexes; an index's own encryption is not read" },
  calls: {
    's3vectors:ListVectorBuckets': null,
    's3vectors:GetVectorBucket': null,
    's3vectors:GetVectorBucketPolicy': null,
  },
  encryptionCalls: ['s3vectors:GetVectorBucket'],
  sharedBy: 'policy',
  coveredByRcps: false,
  whenKeyIsLost: 'not_known',
  viaService: 's3vectors',
  defaultAlias: null,
  checkedAgainst: 'both',
  grammar: s3VectorsGrammar,
  operations: [
    reading('read vectors', oneOf('s3vectors', 'GetVectors QueryVectors'), needsKey),
    writing('write vectors', oneOf('s3vectors', 'PutVectors'), needsKey),
    doingElse('list vectors', oneOf('s3vectors', 'ListVectors'), needsKey),
    doingElse('delete vectors', oneOf('s3vectors', 'DeleteVectors'), needsKey),
    doingElse('delete indexes', oneOf('s3vectors', 'DeleteIndex'), byNobody),
  ],
  // Of the bucket or of an index.
  encryptionContext: (arn) => ({ 'aws:s3vectors:arn': `${arn}*`, 'aws:s3vectors:resource-id': '*' }),
  caveat: 'keys of its indexes, which may differ from the default, are not read',
} as const satisfies SortRules;
