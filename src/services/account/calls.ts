import { required, requiredSome } from '../../aws/answer.ts';
import { slim } from '../../aws/client.ts';
import { collect, pages } from '../../aws/paging.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';

/** A region that one is leaving or has not entered yet answers calls unevenly: it counts as not enabled. */
const enabled = new Set<string | undefined>(['ENABLED', 'ENABLED_BY_DEFAULT']);
/** Most entries that AWS gives in one page (API reference, 2026-10-01). */
const pageSize = 50;

/** Regions of an account: those that are enabled there, or all that AWS has. */
export type Extent = 'enabled' | 'all';

/** The regions of the account of the credentials, by account:ListRegions. @throws AwsError */
export async function listRegions(access: ScopeAccess, extent: Extent): Promise<readonly string[]> {
  const operation = 'account:ListRegions';
  const site = access.site(operation);
  const sdk = await import('@aws-sdk/client-account');
  const client = slim(new sdk.AccountClient(access.clientConfig()));
  const read = async (marker: string | undefined) => {
    const input = { MaxResults: pageSize, ...(marker === undefined ? {} : { NextToken: marker }) };
    const output = await access.call({
      operation,
      send: (options) => client.send(new sdk.ListRegionsCommand(input), options),
    });
    const items = required(output.Regions, 'Regions', site);
    return { items, next: output.NextToken };
  };
  const regions = await collect(
    pages(site, read, (region) => required(region.RegionName, 'RegionName', site)),
  );
  const usable = regions
    .filter(({ RegionOptStatus }) => extent === 'all' || enabled.has(RegionOptStatus))
    .map(({ RegionName }) => required(RegionName, 'RegionName', site));
  return requiredSome(usable, 'enabled region', site);
}
