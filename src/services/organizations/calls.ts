import type * as Sdk from '@aws-sdk/client-organizations';
import { date, required } from '../../aws/answer.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';
import { organizationsClient } from './client.ts';
import type { MemberAccount, OrganizationFacts, Root, Unit } from './facts.ts';

/** Organizations as seen by an account of the organization. Rejects with AwsError only. */
export interface Organizations {
  /** Any member may. */
  describeOrganization(): Promise<OrganizationFacts>;
  /** Every account of the organization. This and all below: management account and delegated administrators only. */
  listAccounts(): Promise<readonly MemberAccount[]>;
  listRoots(): Promise<readonly Root[]>;
  /** The units directly below a root or unit. */
  listOrganizationalUnits(parentId: string): Promise<readonly Unit[]>;
  /** Ids of the accounts directly below a root or unit. */
  listAccountsForParent(parentId: string): Promise<readonly string[]>;
  /** Account ids. */
  listDelegatedAdministrators(): Promise<readonly string[]>;
}

export function organizationsCalls(access: ScopeAccess): Organizations {
  const { call, list } = organizationsClient(access);
  const itself = (id: string) => id;

  return {
    describeOrganization: () =>
      call('DescribeOrganization', async ({ sdk, client }, options, site) => {
        const output = await client.send(new sdk.DescribeOrganizationCommand({}), options);
        const organization = required(output.Organization, 'Organization', site);
        return {
          id: required(organization.Id, 'Id', site),
          arn: organization.Arn ?? null,
          managementAccountId: organization.MasterAccountId ?? null,
        };
      }),

    listAccounts: () =>
      list(
        'ListAccounts',
        async ({ sdk, client }, token, options, site) => {
          const output = await client.send(new sdk.ListAccountsCommand(token), options);
          const accounts = required(output.Accounts, 'Accounts', site);
          const items = accounts.map((account) => ({
            id: required(account.Id, 'Id', site),
            ...memberOf(account),
          }));
          return { items, next: output.NextToken };
        },
        (account) => account.id,
      ),

    listRoots: () =>
      list(
        'ListRoots',
        async ({ sdk, client }, token, options, site) => {
          const output = await client.send(new sdk.ListRootsCommand(token), options);
          const items = required(output.Roots, 'Roots', site).map((root) => ({
            id: required(root.Id, 'Id', site),
            name: root.Name ?? null,
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
        async ({ sdk, client }, token, options, site) => {
          const input = { ParentId: parentId, ...token };
          const output = await client.send(new sdk.ListOrganizationalUnitsForParentCommand(input), options);
          const units = required(output.OrganizationalUnits, 'OrganizationalUnits', site);
          const items = units.map((unit) => ({ id: required(unit.Id, 'Id', site), name: unit.Name ?? null }));
          return { items, next: output.NextToken };
        },
        (unit) => unit.id,
      ),

    listAccountsForParent: (parentId) =>
      list(
        'ListAccountsForParent',
        async ({ sdk, client }, token, options, site) => {
          const input = { ParentId: parentId, ...token };
          const output = await client.send(new sdk.ListAccountsForParentCommand(input), options);
          const accounts = required(output.Accounts, 'Accounts', site);
          return {
            items: accounts.map((account) => required(account.Id, 'Id', site)),
            next: output.NextToken,
          };
        },
        itself,
      ),

    listDelegatedAdministrators: () =>
      list(
        'ListDelegatedAdministrators',
        async ({ sdk, client }, token, options, site) => {
          const output = await client.send(new sdk.ListDelegatedAdministratorsCommand(token), options);
          const accounts = required(output.DelegatedAdministrators, 'DelegatedAdministrators', site);
          return {
            items: accounts.map((account) => required(account.Id, 'Id', site)),
            next: output.NextToken,
          };
        },
        itself,
      ),
  };
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
