import type { Fields } from '../../aws/answer.ts';
import { type RestInput, restJson } from '../../aws/json-protocols.ts';
import { listedService } from '../listed-service.ts';
import { s3Encryption } from '../s3-encryption.ts';
import { s3VectorsRules } from './rules.ts';

export const s3VectorsEndpoint = {
  prefix: 's3vectors',
  serviceId: 'S3Vectors',
  dualStackOnly: true,
} as const;

/** Every operation is a POST to its own name. */
const ofBucket =
  (operation: string) =>
  (bucket: Fields): RestInput => ({
    path: [operation],
    body: { vectorBucketArn: bucket.requiredText('vectorBucketArn') },
  });

export const s3Vectors = listedService({
  rules: s3VectorsRules,
  endpoint: s3VectorsEndpoint,
  protocol: restJson,
  resourceType: 'vector_bucket',
  list: {
    operation: 's3vectors:ListVectorBuckets',
    // Most that AWS gives in one page (API reference, read 2026-11-29).
    input: (nextToken) => ({ path: ['ListVectorBuckets'], body: { maxResults: 500, nextToken } }),
    items: 'vectorBuckets',
    next: 'nextToken',
    arn: (bucket) => bucket.requiredText('vectorBucketArn'),
  },
  describe: {
    operation: 's3vectors:GetVectorBucket',
    input: ofBucket('GetVectorBucket'),
    item: 'vectorBucket',
  },
  encryption(bucket) {
    // The model leaves both optional: without them nothing is known.
    const configuration = bucket.object('encryptionConfiguration');
    return s3Encryption(configuration?.text('sseType') ?? null, configuration?.text('kmsKeyArn') ?? null);
  },
  policy: {
    operation: 's3vectors:GetVectorBucketPolicy',
    input: ofBucket('GetVectorBucketPolicy'),
    text: 'policy',
    none: 'NotFoundException',
  },
});
