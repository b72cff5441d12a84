import { apiCalls } from '../../aws/api-calls.ts';
import { s3Document, s3Rest } from '../../aws/s3-protocol.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';

export interface DirectoryBucket {
  readonly name: string;
  /** Null when not answered. */
  readonly arn: string | null;
}

/** The one rule of a bucket's default encryption. */
export interface DirectoryBucketEncryption {
  /** `AES256`, `aws:kms`; null when the rule does not say. */
  readonly algorithm: string | null;
  readonly kmsKey: string | null;
}

/** Directory buckets as seen from one scope, never what is in them. Rejects with AwsError only. */
export interface S3ExpressReads {
  buckets(): AsyncIterable<readonly DirectoryBucket[]>;
  encryption(bucket: string): Promise<DirectoryBucketEncryption>;
  /** The JSON text of a bucket's policy; null: it has none. */
  policy(bucket: string): Promise<string | null>;
}

/** The endpoint of a region, where buckets are managed; those of zones serve objects. */
export const s3ExpressApi = {
  signingName: 's3express',
  endpoint: {
    prefix: 's3express-control',
    serviceId: 'S3',
    withoutFips: ['aws-cn'],
    dualStackLabel: 'dualstack',
  },
  protocol: s3Rest,
};

/** Most that AWS gives in one page (S3 API reference, ListDirectoryBuckets, read 2026-11-29). */
const most = '1000';

export function s3ExpressReads(access: ScopeAccess): S3ExpressReads {
  const { call, find, list } = apiCalls(access, s3ExpressApi);
  return {
    buckets: () =>
      list(
        's3express:ListDirectoryBuckets',
        ({ name }) => name,
        (token) => ({
          path: [''],
          query: { 'max-directory-buckets': most, 'continuation-token': token },
        }),
        (answer, site) => {
          const document = s3Document(answer, 'ListAllMyDirectoryBucketsResult', site);
          // That the list is S3's own the document's root tells; where it is empty it may be left out.
          const buckets = document.objects('Buckets') ?? [];
          return {
            items: buckets.map((bucket) => ({
              name: bucket.requiredText('Name'),
              arn: bucket.text('BucketArn') || null,
            })),
            next: document.text('ContinuationToken'),
          };
        },
      ),

    encryption: (bucket) =>
      call('s3express:GetBucketEncryption', { path: [bucket], query: { encryption: '' } }, (answer, site) => {
        const document = s3Document(answer, 'ServerSideEncryptionConfiguration', site);
        const byDefault = document.requiredObject('Rule').object('ApplyServerSideEncryptionByDefault');
        return {
          algorithm: byDefault?.text('SSEAlgorithm') || null,
          kmsKey: byDefault?.text('KMSMasterKeyID') || null,
        };
      }),

    policy: (bucket) =>
      find(
        's3express:GetBucketPolicy',
        'NoSuchBucketPolicy',
        { path: [bucket], query: { policy: '' } },
        (answer) => {
          // The policy is the whole body: one that was cut or is a proxy's page would pass for it.
          JSON.parse(answer);
          return answer;
        },
      ),
  };
}
