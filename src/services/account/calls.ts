import { requiredSome } from '../../aws/answer.ts';
import { apiCalls } from '../../aws/api-calls.ts';
import { restJson } from '../../aws/json-protocols.ts';
import { collect } from '../../aws/paging.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';

/** A region that one is leaving or has not entered yet answers calls unevenly: it counts as not enabled. */
const enabled = new Set<string | null>(['ENABLED', 'ENABLED_BY_DEFAULT']);
/** Most entries that AWS gives in one page (API reference, 2026-10-01). */
const MaxResults = 50;

/** Account Management has one address, at the partition's home. */
export const accountApi = {
  signingName: 'account',
  endpoint: { prefix: 'account', serviceId: 'Account' },
  protocol: restJson,
};

interface Region {
  readonly name: string;
  readonly status: string | null;
}

/** Regions of an account: those that are enabled there, or all that AWS has. */
export type Extent = 'enabled' | 'all';

/**
 * The regions of the account of the credentials, by account:ListRegions: one answer tells both.
 * @param access opened at the partition's home
 * @throws AwsError
 */
export async function listRegions(access: ScopeAccess): Promise<Readonly<Record<Extent, readonly string[]>>> {
  const operation = 'account:ListRegions';
  const { list } = apiCalls(access, accountApi);
  const regions = await collect(
    list<Region>(
      operation,
      ({ name }) => name,
      (NextToken) => ({ path: ['listRegions'], body: { MaxResults, NextToken } }),
      (answer) => ({
        items: answer.requiredObjects('Regions').map((region) => ({
          name: region.requiredText('RegionName'),
          status: region.text('RegionOptStatus'),
        })),
        next: answer.text('NextToken'),
      }),
    ),
  );
  const namesOf = (some: readonly Region[]) => some.map(({ name }) => name);
  const usable = regions.filter(({ status }) => enabled.has(status));
  return {
    enabled: requiredSome(namesOf(usable), 'enabled region', access.site(operation)),
    all: namesOf(regions),
  };
}
