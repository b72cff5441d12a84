import { type ClientConfig, slim } from '../../aws/client.ts';
import type { CallSite } from '../../aws/error.ts';
import { collect, type Page } from '../../aws/paging.ts';
import type { ScopeAccess, SendOptions } from '../../aws/scope-access.ts';
import { serviceCalls } from '../../aws/service-calls.ts';

/** Most entries that AWS gives in one page (API reference, 2026-10-01). */
const pageSize = 20;

type Opened = Awaited<ReturnType<typeof open>>;
type Run<T> = (api: Opened, options: SendOptions, site: CallSite) => Promise<T>;

/** What every listing is asked with. */
export interface Token {
  readonly MaxResults: number;
  readonly NextToken?: string;
}

/** How Organizations is called in one scope. Rejects with AwsError only. */
export interface OrganizationsClient {
  /** @param name as `ListRoots` */
  call<T>(name: string, send: Run<T>): Promise<T>;
  /** All pages. @param identify what makes an entry the same as another */
  list<T>(
    name: string,
    read: (api: Opened, token: Token, options: SendOptions, site: CallSite) => Promise<Page<T>>,
    identify: (item: T) => string,
  ): Promise<T[]>;
}

export function organizationsClient(access: ScopeAccess): OrganizationsClient {
  const calls = serviceCalls(access, open);
  return {
    call: (name, send) => calls.call(`organizations:${name}`, send),
    list: <T>(
      name: string,
      read: (api: Opened, token: Token, options: SendOptions, site: CallSite) => Promise<Page<T>>,
      identify: (item: T) => string,
    ) =>
      collect(
        calls.list<T>(`organizations:${name}`, identify, (marker) => (api, options, site) => {
          const token = { MaxResults: pageSize, ...(marker === undefined ? {} : { NextToken: marker }) };
          return read(api, token, options, site);
        }),
      ),
  };
}

async function open(config: ClientConfig) {
  const sdk = await import('@aws-sdk/client-organizations');
  return { sdk, client: slim(new sdk.OrganizationsClient(config)) };
}
