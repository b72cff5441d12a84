import { known } from '../../../../src/aws/fact.ts';
import { withoutKey } from '../../../../src/posture/resource-key.ts';
import {
  awsManagedKey,
  compute,
  customerKey,
  data,
  decrypt,
  keyWith,
  ours,
  role,
  theirs,
} from '../../cross-account/cast.ts';
import { read } from '../bucket.ts';
import { type BucketCase, blocked, cloudFront, distribution, readable, restricted, sseS3 } from './case.ts';

const originAccessIdentity = 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1';

/** Services. */
export const services: readonly BucketCase[] = [
  [
    'the account of the load balancers of AWS is a service',
    [read('arn:aws:iam::127311923021:root')],
    customerKey(),
    { read: 'not_shared', blockedAccounts: [], blockedServices: ['arn:aws:iam::127311923021:root'] },
  ],
  [
    'so is a role of it, by its name',
    [read('arn:aws:iam::127311923021:role/logs')],
    customerKey(),
    { read: 'not_shared', blockedAccounts: [], blockedServices: ['arn:aws:iam::127311923021:role/logs'] },
  ],
  [
    'anyone for a topic, or for whatever else of the own account: no service is named',
    [
      read('*', {
        Condition: {
          ArnLike: { 'aws:SourceArn': [`arn:aws:sns:*:${data}:*`, `arn:aws:s*:*:${data}:x`] },
        },
      }),
    ],
    customerKey(),
    { read: 'not_shared', blockedServices: [] },
  ],
  [
    'anyone for topics of the own account: that is SNS',
    [read('*', { Condition: { ArnLike: { 'aws:SourceArn': `arn:aws:sns:*:${data}:*` } } })],
    customerKey(),
    { read: 'not_shared', blockedServices: ['sns.amazonaws.com'] },
  ],
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
    [read(originAccessIdentity)],
    customerKey(),
    {
      read: 'not_shared',
      blockedServices: [originAccessIdentity],
    },
  ],
  [
    'an origin access identity cannot use KMS, even with a key for anyone',
    [read(originAccessIdentity)],
    keyWith(decrypt('*')),
    { read: 'not_shared', blockedServices: [originAccessIdentity] },
  ],
  [
    'an origin access identity, key policy denied',
    [read(originAccessIdentity)],
    customerKey({ policy: 'unread' }),
    { read: 'not_shared', blockedServices: [originAccessIdentity] },
  ],
  [
    'CloudFront named by a condition on anyone, aws/s3',
    [read('*', { Condition: { StringEquals: { 'aws:PrincipalServiceName': 'cloudfront.amazonaws.com' } } })],
    awsManagedKey(),
    { read: 'not_shared', blockedServices: ['cloudfront.amazonaws.com'] },
  ],
  [
    'anyone, limited to a distribution of the own account: that is CloudFront',
    [read('*', distribution('D1'))],
    awsManagedKey(),
    { read: 'not_shared', blockedServices: ['cloudfront.amazonaws.com'] },
  ],
  [
    'anyone, limited to a distribution, a key that admits another service',
    [read('*', distribution('D1'))],
    keyWith(decrypt({ Service: 'logging.s3.amazonaws.com' })),
    { read: 'not_shared', blockedServices: ['cloudfront.amazonaws.com'] },
  ],
  [
    'anyone, limited to a distribution, a key that admits CloudFront',
    [read('*', distribution('D1'))],
    keyWith(decrypt(cloudFront())),
    { read: 'not_shared', blockedServices: [] },
  ],
  [
    'anyone lets services in, too: one that is also named counts with all that it may do',
    [read('*'), read('*', distribution('D1'))],
    keyWith(decrypt(cloudFront(), { StringEquals: { 'aws:SourceAccount': compute } })),
    { read: 'blocked_by_key_policy', blockedServices: [] },
  ],
  [
    'two services named by a condition on anyone, a key that admits one of them',
    [
      read('*', {
        Condition: {
          StringEquals: {
            'aws:PrincipalServiceName': ['cloudfront.amazonaws.com', 'logging.s3.amazonaws.com'],
          },
        },
      }),
    ],
    keyWith(decrypt(cloudFront())),
    { read: 'not_shared', blockedServices: ['logging.s3.amazonaws.com'] },
  ],
];

const throughSource = (condition: object) => ({ Condition: { StringEquals: condition } });

/** A service that acts for another account lets that account in. */
export const servicesForOthers: readonly BucketCase[] = [
  [
    'the distribution of another account, aws/s3',
    [read(cloudFront(), throughSource({ 'aws:SourceAccount': compute }))],
    awsManagedKey(),
    { read: 'blocked_by_aws_managed_key', ...blocked, blockedServices: ['cloudfront.amazonaws.com'] },
  ],
  [
    'a key that admits a role of that account, not the service',
    [read(cloudFront(), throughSource({ 'aws:SourceAccount': compute }))],
    keyWith(decrypt(role(compute))),
    { read: 'blocked_by_key_policy', ...blocked, blockedServices: ['cloudfront.amazonaws.com'] },
  ],
  [
    'a key that admits the service',
    [
      read(
        cloudFront(),
        throughSource({ 'aws:SourceArn': `arn:aws:cloudfront::${compute}:distribution/D1` }),
      ),
    ],
    keyWith(decrypt(cloudFront())),
    { read: 'possible', ...readable, blockedServices: [] },
  ],
  [
    'anyone, limited to a source account',
    [read('*', throughSource({ 'aws:SourceAccount': compute }))],
    awsManagedKey(),
    { read: 'blocked_by_aws_managed_key', ...blocked },
  ],
  [
    'anyone, limited to a source account, SSE-S3',
    [read('*', throughSource({ 'aws:SourceAccount': compute }))],
    withoutKey('aws_owned'),
    { read: 'no_kms_barrier', ...readable },
    sseS3,
  ],
  [
    'another organization',
    [read(cloudFront(), throughSource({ 'aws:SourceOrgID': theirs }))],
    customerKey(),
    { read: 'blocked_by_key_policy', blockedOrganizations: [theirs] },
  ],
  [
    'the own organization: a service, no sharing',
    [read(cloudFront(), throughSource({ 'aws:SourceOrgID': ours }))],
    keyWith(decrypt(cloudFront())),
    { read: 'not_shared', blockedOrganizations: [] },
  ],
  [
    'passes Block Public Access, the roles of that account do not',
    [read('*'), read(role(compute)), read(cloudFront(), throughSource({ 'aws:SourceAccount': compute }))],
    keyWith(decrypt(cloudFront())),
    { read: 'partly_blocked', ...readable },
    { ...restricted, policyIsPublic: known(true) },
  ],
];
