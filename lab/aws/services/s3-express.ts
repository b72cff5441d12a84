import { type S3Reply, s3Wire } from '../protocol/s3-xml.ts';
import { refuse, type Wire } from '../protocol/wire.ts';
import type { XmlElements } from '../protocol/xml.ts';
import { ResourceKind, type Shared } from '../resource-kind.ts';
import type { Service } from '../service.ts';

interface SimDirectoryBucket extends Shared {
  /** `lake--euw1-az1--x-s3` */
  name: string;
  encryption: { algorithm: string; kmsKey?: string };
}

export const directoryBuckets = new ResourceKind<SimDirectoryBucket>({
  arn: 's3express:bucket/*',
  namedBy: ['Bucket'],
  complete: (given) => ({ policy: null, encryption: { algorithm: 'AES256' }, ...given }),
  missing: () => [404, 'NoSuchBucket', 'The specified bucket does not exist'],
});

/** S3's, but for what is listed. */
const wire: Wire = {
  ...s3Wire,
  read(request) {
    const asked = s3Wire.read(request);
    return asked?.operation === 'ListBuckets' ? { ...asked, operation: 'ListDirectoryBuckets' } : asked;
  },
};

const listing = directoryBuckets.list({
  entries: 'Buckets.Bucket',
  paging: {
    size: 'max-directory-buckets',
    answers: 1000,
    token: 'continuation-token',
    next: 'ContinuationToken',
  },
  entry: ({ name }) => ({ Name: name, CreationDate: '2026-11-01T00:00:00.000Z' }),
});

/** Directory buckets of Amazon S3, at the address of a region: what is known of them, never their objects. */
export const s3Express: Service = {
  name: 's3express',
  wire,
  operations: {
    ListDirectoryBuckets: {
      ...listing,
      action: 'ListAllMyDirectoryBuckets',
      run: (call): S3Reply => ({
        root: 'ListAllMyDirectoryBucketsResult',
        xml: listing.run(call) as XmlElements,
      }),
    },
    GetBucketEncryption: {
      ...directoryBuckets.detail(
        ({ encryption }): S3Reply => ({
          root: 'ServerSideEncryptionConfiguration',
          xml: {
            Rule: {
              ApplyServerSideEncryptionByDefault: {
                SSEAlgorithm: encryption.algorithm,
                KMSMasterKeyID: encryption.kmsKey,
              },
              BucketKeyEnabled: true,
            },
          },
        }),
      ),
      action: 'GetEncryptionConfiguration',
    },
    GetBucketPolicy: directoryBuckets.detail(
      ({ policy }): S3Reply => ({
        text: policy ?? refuse(404, 'NoSuchBucketPolicy', 'The bucket policy does not exist'),
      }),
    ),
  },
};
