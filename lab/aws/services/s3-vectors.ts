import { restJsonWire } from '../protocol/rest-json.ts';
import { refuse } from '../protocol/wire.ts';
import { ResourceKind, type Shared } from '../resource-kind.ts';
import type { Service } from '../service.ts';

interface SimVectorBucket extends Shared {
  name: string;
  encryption: { sseType?: string; kmsKeyArn?: string };
}

export const vectorBuckets = new ResourceKind<SimVectorBucket>({
  arn: 's3vectors:bucket/*',
  namedBy: ['vectorBucketName', 'vectorBucketArn'],
  complete: (given) => ({ policy: null, encryption: { sseType: 'AES256' }, ...given }),
  missing: () => [404, 'NotFoundException', 'The specified vector bucket could not be found'],
});

/** Amazon S3 Vectors: its vector buckets, not what is in them. */
export const s3Vectors: Service = {
  name: 's3vectors',
  wire: restJsonWire({
    ListVectorBuckets: 'POST /ListVectorBuckets',
    GetVectorBucket: 'POST /GetVectorBucket',
    GetVectorBucketPolicy: 'POST /GetVectorBucketPolicy',
  }),
  failures: { invalid_input: [400, 'ValidationException', 'The request is invalid or malformed.'] },
  operations: {
    ListVectorBuckets: vectorBuckets.list({
      entries: 'vectorBuckets',
      paging: { size: 'maxResults', answers: 500, token: 'nextToken' },
      entry: summary,
    }),
    GetVectorBucket: vectorBuckets.detail(({ encryption, ...bucket }) => ({
      vectorBucket: { ...summary(bucket), encryptionConfiguration: encryption },
    })),
    // Code and words as moto 5.2.5 has them, read 2026-11-29.
    GetVectorBucketPolicy: vectorBuckets.detail(({ policy }) => ({
      policy:
        policy ?? refuse(404, 'NotFoundException', 'The specified vector bucket policy could not be found'),
    })),
  },
};

function summary({ name, arn }: { name: string; arn: string }) {
  return { vectorBucketName: name, vectorBucketArn: arn, creationTime: 1_760_000_000 };
}
