import type { PrincipalElement, Statement } from '../../lab/aws/iam/policy.ts';
import fc from '../random.ts';
import { account, few } from './arbitrary-conditions.ts';
import type { Bucket } from './arbitrary-world.ts';
import { roleNames } from './callers.ts';
import { services } from './services.ts';
import { usableKey } from './usable-key.ts';
import { bucketArn, ours, owner, region } from './world.ts';

/** Buckets and keys that let others in, plainly: what organization policies take away is then what decides. */
const who: fc.Arbitrary<Pick<Statement, 'Principal' | 'Condition'>> = fc.oneof(
  { weight: 6, arbitrary: few(account).map((AWS) => ({ Principal: { AWS } })) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(account, fc.constantFrom(...roleNames))
      .map(([id, name]) => ({ Principal: { AWS: `arn:aws:iam::${id}:role/${name}` } })),
  },
  {
    weight: 3,
    arbitrary: fc.constant({
      Principal: '*' as const,
      Condition: { StringEquals: { 'aws:PrincipalOrgID': ours } },
    }),
  },
  { weight: 1, arbitrary: fc.constant({ Principal: '*' as const }) },
  { weight: 1, arbitrary: fc.constantFrom(...services).map((Service) => ({ Principal: { Service } })) },
);

const both: fc.Arbitrary<readonly Pick<Statement, 'Principal' | 'Condition'>[]> = fc.array(who, {
  minLength: 1,
  maxLength: 2,
});

const ownRoot: { readonly Principal: PrincipalElement } = {
  Principal: { AWS: `arn:aws:iam::${owner}:root` },
};

/** As the policy of `aws/s3` has it. */
const throughS3: Pick<Statement, 'Principal' | 'Condition'> = {
  Principal: { AWS: '*' },
  Condition: {
    StringEquals: { 'kms:CallerAccount': owner, 'kms:ViaService': `s3.${region}.amazonaws.com` },
  },
};

export const openBucket: fc.Arbitrary<Bucket> = fc
  .tuple(both, fc.option(both, { nil: null, freq: 2 }), fc.boolean(), fc.integer({ min: 0, max: 9 }))
  .map(([readers, others, bucketKey, kind]) => ({
    policy: {
      Version: '2012-10-17',
      Statement: readers.map((one) => ({
        Effect: 'Allow',
        ...one,
        Action: ['s3:GetObject', 's3:PutObject'],
        Resource: `${bucketArn}/*`,
      })),
    },
    key:
      kind === 0
        ? null
        : {
            ...usableKey({
              Version: '2012-10-17',
              Statement: (kind === 1 ? [throughS3] : [ownRoot, ...(others ?? readers)]).map((one) => ({
                Effect: 'Allow',
                ...one,
                Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
                Resource: '*',
              })),
            }),
            manager: kind === 1 ? 'AWS' : 'CUSTOMER',
          },
    bucketKey,
    blocked: false,
  }));
