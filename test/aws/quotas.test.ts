import { describe, expect, it } from 'vitest';
import { paceOf } from '../../src/aws/pace.ts';
import { publishedQuotas } from '../../src/services/quotas.ts';

const half = { quotas: publishedQuotas, quotaShare: 0.5, requestsPerSecond: {} };

describe('pace of an operation', () => {
  it.each([
    // operation, share, own rates, bucket, per second
    ['kms:DescribeKey', 0.5, {}, 'kms:DescribeKey', 1000],
    ['kms:ListGrants', 0.1, {}, 'kms:ListGrants', 10],
    ['kms:GetKeyLastUsage', 0.5, {}, 'kms:GetKeyLastUsage', 2.5],
    ['kms:DescribeKey', 1, {}, 'kms:DescribeKey', 1940],
    ['kms:DescribeKey', 0.5, { 'kms:DescribeKey': 4000 }, 'kms:DescribeKey', 4000],
    ['kms:DescribeKey', 0.5, { 'kms:DescribeKey': 3 }, 'kms:DescribeKey', 3],
    ['kms:DescribeKey', 0.5, { 'kms:ListKeys': 3 }, 'kms:DescribeKey', 1000],
    ['organizations:ListAccounts', 0.5, {}, 'organizations:ListAccounts', 4],
    ['sts:AssumeRole', 0.5, {}, 'sts', 300],
    ['sts:GetCallerIdentity', 0.5, {}, 'sts', 300],
    ['s3:GetBucketPolicy', 0.5, { 's3:GetBucketPolicy': 20 }, 's3:GetBucketPolicy', 20],
  ])('%s at share %d with %j', (operation, share, own, bucket, perSecond) => {
    expect(
      paceOf(operation, { quotas: publishedQuotas, quotaShare: share, requestsPerSecond: own }),
    ).toMatchObject({ bucket, perSecond });
  });

  it('has none where AWS publishes no quota', () => {
    expect(paceOf('account:ListRegions', half)).toBeNull();
  });

  it('never lets more leave at once than the share of what AWS takes at once', () => {
    expect(paceOf('organizations:ListAccounts', half)?.burst).toBe(6);
    expect(paceOf('organizations:ListRoots', half)?.burst).toBe(1);
    expect(paceOf('kms:GetKeyLastUsage', half)?.burst).toBe(1);
  });
});
