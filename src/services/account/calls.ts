import type { Region } from '@aws-sdk/client-account';
import { required, requiredSome } from '../../aws/answer.ts';
import { slim } from '../../aws/client.ts';
import { collect } from '../../aws/paging.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';
import { serviceCalls } from '../../aws/service-calls.ts';

/** A region that one is leaving or has not entered yet answers calls unevenly: it counts as not enabled. */
const enabled = new Set<string | undefined>(['ENABLED', 'ENABLED_BY_DEFAULT']);
/** Most entries that AWS gives in one page (API reference, 2026-10-01). */
const pageSize = 50;

/** Regions of an account: those that are enabled there, or all that AWS has. */
export type Extent = 'enabled' | 'all';

/** The regions of the account of the credentials, by account:ListRegions: one answer tells both. @throws AwsError */
export async function listRegions(access: ScopeAccess): Promise<Readonly<Record<Extent, readonly string[]>>> {
  const operation = 'account:ListRegions';
  const site = access.site(operation);
  const { list } = serviceCalls(access, async (config) => {
    const sdk = await import('@aws-sdk/client-account');
    return { sdk, client: slim(new sdk.AccountClient(config)) };
  });
  const regions = await collect(
    list<Region>(
      operation,
      (region) => required(region.RegionName, 'RegionName', site),
      (NextToken) =>
        async ({ sdk, client }, options) => {
          const input = { MaxResults: pageSize, NextToken };
          const output = await client.send(new sdk.ListRegionsCommand(input), options);
          return { items: required(output.Regions, 'Regions', site), next: output.NextToken };
        },
    ),
  );
  const namesOf = (some: readonly Region[]) =>
    some.map(({ RegionName }) => required(RegionName, 'RegionName', site));
  const usable = regions.filter(({ RegionOptStatus }) => enabled.has(RegionOptStatus));
  return { enabled: requiredSome(namesOf(usable), 'enabled region', site), all: namesOf(regions) };
}
