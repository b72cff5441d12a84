import { known } from '../../../../src/aws/fact.ts';
import { withoutKey } from '../../../../src/posture/resource-key.ts';
import { awsManagedKey, customerKey, decrypt, keyWith } from '../../cross-account/cast.ts';
import { read } from '../bucket.ts';
import { type BucketCase, cloudFront, distribution, restricted, sseS3 } from './case.ts';

/** Services. */
export const services: readonly BucketCase[] = [
  [
    'CloudFront by origin access control, aws/s3',
    [read(cloudFront())],
    awsManagedKey(),
    { read: 'not_shared', blockedServices: ['cloudfront.amazonaws.com'] },
  ],
  [
    'CloudFront, a key that does not admit it',
    [read(cloudFront())],
    customerKey(),
    { read: 'not_shared', blockedServices: ['cloudfront.amazonaws.com'] },
  ],
  [
    'CloudFront, a key that admits it',
    [read(cloudFront())],
    keyWith(decrypt(cloudFront())),
    { read: 'not_shared', blockedServices: [] },
  ],
  [
    'CloudFront, a key that admits its distribution',
    [read(cloudFront(), distribution('D1'))],
    keyWith(decrypt(cloudFront(), distribution('D1').Condition)),
    { read: 'not_shared', blockedServices: [] },
  ],
  [
    'CloudFront, a key that admits another distribution',
    [read(cloudFront(), distribution('D1'))],
    keyWith(decrypt(cloudFront(), distribution('D2').Condition)),
    { read: 'not_shared', blockedServices: ['cloudfront.amazonaws.com'] },
  ],
  [
    'CloudFront, SSE-S3',
    [read(cloudFront())],
    withoutKey('aws_owned'),
    { read: 'not_shared', blockedServices: [] },
    sseS3,
  ],
  [
    'CloudFront passes Block Public Access',
    [read('*'), read(cloudFront())],
    keyWith(decrypt(cloudFront())),
    { read: 'blocked_by_public_access_block', blockedServices: [] },
    { ...restricted, policyIsPublic: known(true) },
  ],
  [
    'an origin access identity',
    [read(`arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1`)],
    customerKey(),
    {
      read: 'not_shared',
      blockedServices: ['arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1'],
    },
  ],
];
