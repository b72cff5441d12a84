import { required } from '../../aws/answer.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';
import { nullFor } from '../../aws/service-calls.ts';
import type { AccessPointEntry, AccessPointReads, MultiRegionEntry } from './access-point-facts.ts';
import { publicAccessBlockOf } from './calls.ts';
import { s3ControlCalls } from './control-client.ts';

/** The region that tells of multi-Region access points (S3 user guide, "Managing", read 2026-11-29). */
export const multiRegionHome = 'us-west-2';

/** Most that AWS gives in one page (S3 Control API reference, ListAccessPoints, read 2026-11-29). */
const pageSize = 1_000;
const multiRegionPageSize = 100;
/** "Returns only access points attached to S3 buckets by default" (the same page). */
const DataSourceType = 'ALL';

const noPolicy = 'NoSuchAccessPointPolicy';

/**
 * The access points that an account has in a region, those of other accounts' buckets included. One that is deleted
 * meanwhile rejects with `not_found` (NoSuchAccessPoint).
 */
export function accessPointReads(access: ScopeAccess, AccountId: string): AccessPointReads {
  const { call, list } = s3ControlCalls(access);
  return {
    list: () =>
      list<AccessPointEntry>(
        's3:ListAccessPoints',
        ({ name }) => name,
        (NextToken) =>
          async ({ sdk, client }, options, site) => {
            const input = { AccountId, DataSourceType, MaxResults: pageSize, NextToken };
            const command = new sdk.ListAccessPointsCommand(input);
            const output = await client.send(command, options);
            const all = required(output.AccessPointList, 'AccessPointList', site);
            const items = all.map((one) => ({
              name: required(one.Name, 'Name', site),
              arn: one.AccessPointArn ?? null,
              alias: one.Alias ?? null,
              // Empty for those of file systems (S3 user guide, "View details for your access point", read 2026-11-29).
              bucket: one.Bucket || null,
              bucketAccountId: one.BucketAccountId || null,
              networkOrigin: required(one.NetworkOrigin, 'NetworkOrigin', site),
              vpcId: one.VpcConfiguration?.VpcId ?? null,
              dataSourceId: one.DataSourceId ?? null,
              dataSourceType: one.DataSourceType ?? null,
            }));
            return { items, next: output.NextToken };
          },
      ),

    publicAccessBlock: (Name) =>
      call('s3:GetAccessPoint', async ({ sdk, client }, options, site) => {
        const output = await client.send(new sdk.GetAccessPointCommand({ AccountId, Name }), options);
        const name = 'PublicAccessBlockConfiguration';
        return publicAccessBlockOf(required(output.PublicAccessBlockConfiguration, name, site), site);
      }),

    policy: (Name) =>
      call('s3:GetAccessPointPolicy', async ({ sdk, client }, options, site) => {
        const command = new sdk.GetAccessPointPolicyCommand({ AccountId, Name });
        const output = await nullFor(noPolicy, client.send(command, options));
        return output && required(output.Policy, 'Policy', site);
      }),

    policyIsPublic: (Name) =>
      call('s3:GetAccessPointPolicyStatus', async ({ sdk, client }, options, site) => {
        const command = new sdk.GetAccessPointPolicyStatusCommand({ AccountId, Name });
        const output = await nullFor(noPolicy, client.send(command, options));
        return output && required(output.PolicyStatus?.IsPublic, 'IsPublic', site);
      }),

    listMultiRegion: () =>
      list<MultiRegionEntry>(
        's3:ListMultiRegionAccessPoints',
        ({ name }) => name,
        (NextToken) =>
          async ({ sdk, client }, options, site) => {
            const input = { AccountId, MaxResults: multiRegionPageSize, NextToken };
            const output = await client.send(new sdk.ListMultiRegionAccessPointsCommand(input), options);
            const all = required(output.AccessPoints, 'AccessPoints', site);
            const items = all.map((one) => ({
              name: required(one.Name, 'Name', site),
              alias: one.Alias ?? null,
              status: one.Status ?? null,
              publicAccessBlock: one.PublicAccessBlock
                ? publicAccessBlockOf(one.PublicAccessBlock, site)
                : null,
              buckets: required(one.Regions, 'Regions', site).map((region) => ({
                bucket: required(region.Bucket, 'Bucket', site),
                region: region.Region ?? null,
                bucketAccountId: region.BucketAccountId ?? null,
              })),
            }));
            return { items, next: output.NextToken };
          },
      ),

    multiRegionPolicy: (Name) =>
      call('s3:GetMultiRegionAccessPointPolicy', async ({ sdk, client }, options, site) => {
        const command = new sdk.GetMultiRegionAccessPointPolicyCommand({ AccountId, Name });
        const output = await client.send(command, options);
        // What is proposed is not in force in every region yet.
        return required(output.Policy, 'Policy', site).Established?.Policy ?? null;
      }),

    multiRegionPolicyIsPublic: (Name) =>
      call('s3:GetMultiRegionAccessPointPolicyStatus', async ({ sdk, client }, options, site) => {
        const command = new sdk.GetMultiRegionAccessPointPolicyStatusCommand({ AccountId, Name });
        const output = await client.send(command, options);
        return required(output.Established?.IsPublic, 'IsPublic', site);
      }),
  };
}
