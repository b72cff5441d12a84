import { restJson } from '../../aws/json-protocols.ts';
import { listedService } from '../listed-service.ts';
import { s3Encryption } from '../s3-encryption.ts';
import { s3TablesRules } from './rules.ts';

export const s3TablesEndpoint = { prefix: 's3tables', serviceId: 'S3Tables' };

/** Table buckets of customers, and those that AWS makes for the tables of S3 Metadata. */
export const s3Tables = listedService({
  rules: s3TablesRules,
  endpoint: s3TablesEndpoint,
  protocol: restJson,
  resourceType: 'table_bucket',
  list: {
    operation: 's3tables:ListTableBuckets',
    // Most that AWS gives in one page (API reference, read 2026-11-29).
    input: (continuationToken) => ({ path: ['buckets'], query: { maxBuckets: '1000', continuationToken } }),
    items: 'tableBuckets',
    next: 'continuationToken',
    arn: (bucket) => bucket.requiredText('arn'),
  },
  describe: {
    operation: 's3tables:GetTableBucketEncryption',
    input: (bucket) => ({ path: ['buckets', bucket.requiredText('arn'), 'encryption'] }),
    item: 'encryptionConfiguration',
    // "SSE-S3 is the default encryption configuration for every table bucket", also after its own was deleted (S3 user
    // guide, "Specifying server-side encryption with AWS KMS keys (SSE-KMS) in table buckets", read 2026-11-29). AWS
    // says the same of a bucket without a configuration and of one that is gone; this one was just listed.
    none: { code: 'NotFoundException', encryption: { state: 'aws_owned', key: null } },
  },
  encryption: (configuration) =>
    s3Encryption(configuration.requiredText('sseAlgorithm'), configuration.text('kmsKeyArn')),
  policy: {
    operation: 's3tables:GetTableBucketPolicy',
    input: (bucket) => ({ path: ['buckets', bucket.requiredText('arn'), 'policy'] }),
    text: 'resourcePolicy',
    none: 'NotFoundException',
  },
});
