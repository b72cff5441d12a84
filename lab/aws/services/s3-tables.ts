import { restJsonWire } from '../protocol/rest-json.ts';
import { refuse } from '../protocol/wire.ts';
import { ResourceKind, type Shared } from '../resource-kind.ts';
import type { Service } from '../service.ts';

interface SimTableBucket extends Shared {
  name: string;
  /** `customer`, `aws`. */
  type: string;
  /** Null: none was ever set. */
  encryption: { sseAlgorithm: string; kmsKeyArn?: string } | null;
}

export const tableBuckets = new ResourceKind<SimTableBucket>({
  arn: 's3tables:bucket/*',
  namedBy: ['tableBucketARN'],
  complete: (given) => ({ policy: null, type: 'customer', encryption: null, ...given }),
  missing: () => [404, 'NotFoundException', 'The specified bucket does not exist.'],
});

/** Amazon S3 Tables: its table buckets, not what is in them. */
export const s3Tables: Service = {
  name: 's3tables',
  wire: restJsonWire({
    ListTableBuckets: 'GET /buckets',
    GetTableBucketEncryption: 'GET /buckets/{tableBucketARN}/encryption',
    GetTableBucketPolicy: 'GET /buckets/{tableBucketARN}/policy',
  }),
  failures: { invalid_input: [400, 'BadRequestException', 'The request is invalid or malformed.'] },
  operations: {
    ListTableBuckets: tableBuckets.list({
      entries: 'tableBuckets',
      paging: { size: 'maxBuckets', answers: 1000, token: 'continuationToken' },
      entry: ({ name, arn, type }, { account }) => ({
        arn,
        name,
        type,
        ownerAccountId: account.id,
        createdAt: '2026-11-01T00:00:00.000Z',
      }),
    }),
    // Without a configuration: as clients of AWS take it (Terraform's provider, read 2026-11-29).
    GetTableBucketEncryption: tableBuckets.detail(({ encryption }) => ({
      encryptionConfiguration:
        encryption ??
        refuse(404, 'NotFoundException', 'The specified encryption configuration does not exist.'),
    })),
    GetTableBucketPolicy: tableBuckets.detail(({ policy }) => ({
      resourcePolicy: policy ?? refuse(404, 'NotFoundException', 'The specified policy does not exist.'),
    })),
  },
};
