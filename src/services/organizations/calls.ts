import type * as Sdk from '@aws-sdk/client-organizations';
import { date, required } from '../../aws/answer.ts';
import { type ClientConfig, slim } from '../../aws/client.ts';
import { collect, type Page } from '../../aws/paging.ts';
import type { ScopeAccess, SendOptions } from '../../aws/scope-access.ts';
import { serviceCalls } from '../../aws/service-calls.ts';
import type { MemberAccount, OrganizationFacts, Root } from './facts.ts';

/** Organizations as seen by an account of the organization. Rejects with AwsError only. */
export interface Organizations {
  /** Any member may. */
  describeOrganization(): Promise<OrganizationFacts>;
  /** Every account of the organization. This and all below: management account and delegated administrators only. */
  listAccounts(): Promise<readonly MemberAccount[]>;
  listRoots(): Promise<readonly Root[]>;
  /** Ids of the units directly below a root or unit. */
  listOrganizationalUnits(parentId: string): Promise<readonly string[]>;
  /** Ids of the accounts directly below a root or unit. */
  listAccountsForParent(parentId: string): Promise<readonly string[]>;
  /** Account ids. */
  listDelegatedAdministrators(): Promise<readonly string[]>;
}

/** Most entries that AWS gives in one page (API reference, 2026-10-01). */
const pageSize = 20;

type Opened = Awaited<ReturnType<typeof open>>;
interface Token {
  readonly MaxResults: number;
  readonly NextToken?: string;
}

export function organizationsCalls(access: ScopeAccess): Organizations {
  const calls = serviceCalls(access, open);
  const call = <T>(name: string, send: (api: Opened, options: SendOptions) => Promise<T>): Promise<T> =>
    calls.call(`organizations:${name}`, send);
  const site = (name: string) => access.site(`organizations:${name}`);

  const list = <T>(
    name: string,
    read: (api: Opened, token: Token, options: SendOptions) => Promise<Page<T>>,
    identify: (item: T) => string,
  ): Promise<T[]> =>
    collect(
      calls.list<T>(`organizations:${name}`, identify, (marker) => (api, options) => {
        const token = { MaxResults: pageSize, ...(marker === undefined ? {} : { NextToken: marker }) };
        return read(api, token, options);
      }),
    );
  const itself = (id: string) => id;

  return {
    describeOrganization: () =>
      call('DescribeOrganization', async ({ sdk, client }, options) => {
        const output = await client.send(new sdk.DescribeOrganizationCommand({}), options);
        const organization = required(output.Organization, 'Organization', site('DescribeOrganization'));
        return {
          id: required(organization.Id, 'Id', site('DescribeOrganization')),
          arn: organization.Arn ?? null,
          managementAccountId: organization.MasterAccountId ?? null,
        };
      }),

    listAccounts: () =>
      list(
        'ListAccounts',
        async ({ sdk, client }, token, options) => {
          const output = await client.send(new sdk.ListAccountsCommand(token), options);
          const accounts = required(output.Accounts, 'Accounts', site('ListAccounts'));
          const items = accounts.map((account) => ({
            id: required(account.Id, 'Id', site('ListAccounts')),
            ...memberOf(account),
          }));
          return { items, next: output.NextToken };
        },
        (account) => account.id,
      ),

    listRoots: () =>
      list(
        'ListRoots',
        async ({ sdk, client }, token, options) => {
          const output = await client.send(new sdk.ListRootsCommand(token), options);
          const items = required(output.Roots, 'Roots', site('ListRoots')).map((root) => ({
            id: required(root.Id, 'Id', site('ListRoots')),
            enabledPolicyTypes: (root.PolicyTypes ?? []).flatMap(({ Type, Status }) =>
              Type !== undefined && Status === 'ENABLED' ? [Type] : [],
            ),
          }));
          return { items, next: output.NextToken };
        },
        (root) => root.id,
      ),

    listOrganizationalUnits: (parentId) =>
      list(
        'ListOrganizationalUnitsForParent',
        async ({ sdk, client }, token, options) => {
          const input = { ParentId: parentId, ...token };
          const output = await client.send(new sdk.ListOrganizationalUnitsForParentCommand(input), options);
          const here = site('ListOrganizationalUnitsForParent');
          const units = required(output.OrganizationalUnits, 'OrganizationalUnits', here);
          return { items: units.map((unit) => required(unit.Id, 'Id', here)), next: output.NextToken };
        },
        itself,
      ),

    listAccountsForParent: (parentId) =>
      list(
        'ListAccountsForParent',
        async ({ sdk, client }, token, options) => {
          const input = { ParentId: parentId, ...token };
          const output = await client.send(new sdk.ListAccountsForParentCommand(input), options);
          const here = site('ListAccountsForParent');
          const accounts = required(output.Accounts, 'Accounts', here);
          return {
            items: accounts.map((account) => required(account.Id, 'Id', here)),
            next: output.NextToken,
          };
        },
        itself,
      ),

    listDelegatedAdministrators: () =>
      list(
        'ListDelegatedAdministrators',
        async ({ sdk, client }, token, options) => {
          const output = await client.send(new sdk.ListDelegatedAdministratorsCommand(token), options);
          const here = site('ListDelegatedAdministrators');
          const accounts = required(output.DelegatedAdministrators, 'DelegatedAdministrators', here);
          return {
            items: accounts.map((account) => required(account.Id, 'Id', here)),
            next: output.NextToken,
          };
        },
        itself,
      ),
  };
}

async function open(config: ClientConfig) {
  const sdk = await import('@aws-sdk/client-organizations');
  return { sdk, client: slim(new sdk.OrganizationsClient(config)) };
}

function memberOf(account: Sdk.Account): Omit<MemberAccount, 'id'> {
  return {
    arn: account.Arn ?? null,
    name: account.Name ?? null,
    email: account.Email ?? null,
    state: account.State ?? account.Status ?? null,
    joinedMethod: account.JoinedMethod ?? null,
    joinedAt: date(account.JoinedTimestamp),
    organizationalUnits: unitsOf(account.Paths ?? []),
  };
}

/** `o-…/r-…/ou-…/ou-…/111122223333/` → the root and units. */
function unitsOf(paths: readonly string[]): string[] | null {
  const units = paths[0]?.split('/').filter((part) => /^(?:r|ou)-/.test(part)) ?? [];
  return units.length === 0 ? null : units;
}
