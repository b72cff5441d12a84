import { addAccount, controlPoliciesEnabled, newOrganization } from '../../lab/aws/build.ts';
import {
  type ControlPolicy,
  type Levels,
  refusedByResourceControl,
  refusedByServiceControl,
} from '../../lab/aws/iam/control-policies.ts';
import { levelsFor } from '../../lab/aws/iam/organization.ts';
import type { Policy, Statement } from '../../lab/aws/iam/policy.ts';
import type { Reading } from '../../lab/aws/iam/readings.ts';
import type { Caller, Request } from '../../lab/aws/iam/request.ts';
import { narrowed } from '../../lab/aws/iam/statement.ts';
import type { SimOrganization } from '../../lab/aws/model.ts';
import { addOrganizationPolicy } from '../../lab/aws/organization-policies.ts';
import { members, ours, outsiders, owner, paths } from './world.ts';

/** An SCP or RCP of a world, attached to the root, units and accounts of the given ids. */
export interface Control {
  readonly type: 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY';
  readonly statements: readonly Statement[];
  readonly targets: readonly string[];
}

/** The organization policies of a world. */
export interface Controls {
  readonly management: string;
  readonly controls: readonly Control[];
  /** Root, units and accounts that `FullAWSAccess` was detached from. */
  readonly withoutFullAccess: readonly string[];
}

export const root = 'r-ab12';

/** Ids from the root down to the account's own unit. */
const above = (account: string): readonly string[] => (paths[account] ?? '').split('/').slice(1, -1);

/** What policies are attached to: the root, the units, the members. */
export const targets: readonly string[] = [...new Set(members.flatMap(above)), ...members];

const organizations = new WeakMap<Controls, SimOrganization>();

/** The world's organization with its policies, as the simulated AWS holds it. */
export function organizationOf(world: Controls): SimOrganization {
  let organization = organizations.get(world);
  if (organization === undefined) {
    organization = make(world);
    organizations.set(world, organization);
  }
  return organization;
}

function make({ management, controls, withoutFullAccess }: Controls): SimOrganization {
  const units = new Map<string, string>();
  for (const account of members)
    for (const [index, id] of above(account).entries())
      if (index > 0) units.set(id, above(account)[index - 1] ?? root);
  const organization = newOrganization({
    id: ours,
    managementAccountId: management,
    root: {
      id: root,
      policyTypes: controlPoliciesEnabled(),
    },
    organizationalUnits: [...units].map(([id, parentId]) => ({ id, name: id, parentId })),
    withoutFullAccess: new Set(withoutFullAccess),
    accounts: new Map(),
  });
  for (const id of members) addAccount(organization, { id, parentId: above(id).at(-1) ?? root });
  for (const id of outsiders) addAccount(organization, { id, parentId: null });
  for (const [index, { type, statements, targets: on }] of controls.entries()) {
    const content = JSON.stringify({ Version: '2012-10-17', Statement: statements });
    addOrganizationPolicy(organization, { id: `p-random0${index}`, type, content }, ...on);
  }
  return organization;
}

/** All documents that the world's organization has. */
export const documentsOfControls = (world: Controls | null): readonly Policy[] =>
  (world?.controls ?? []).map(({ statements }) => ({ Version: '2012-10-17', Statement: statements }));

const levelsOfAccounts = new WeakMap<Controls, Map<string, Levels | null>>();

function levels(world: Controls, account: string | null, type: Control['type']): Levels | null {
  const all = levelsOfAccounts.get(world) ?? new Map<string, Levels | null>();
  levelsOfAccounts.set(world, all);
  const name = `${type} ${account}`;
  if (!all.has(name)) all.set(name, levelsFor(organizationOf(world), account, type));
  return all.get(name) ?? null;
}

/** What of the policies can decide on a caller's action on a resource of the owner. */
export interface Bounds {
  readonly service: Levels | null;
  readonly resource: Levels | null;
  readonly documents: readonly Policy[];
}

export function boundsOn(
  world: Controls | null,
  caller: Caller,
  action: string,
  resource: string,
  reading: Reading,
): Bounds {
  if (world === null) return { service: null, resource: null, documents: [] };
  const narrow = (all: Levels | null): Levels | null =>
    all?.map((level) =>
      level.map(
        ({ id, document }): ControlPolicy => ({
          id,
          document: narrowed(document, caller, action, resource, reading),
        }),
      ),
    ) ?? null;
  const account = 'account' in caller ? caller.account : null;
  const service = narrow(levels(world, account, 'SERVICE_CONTROL_POLICY'));
  const resources = narrow(levels(world, owner, 'RESOURCE_CONTROL_POLICY'));
  const all = [...(service ?? []).flat(), ...(resources ?? []).flat()];
  return { service, resource: resources, documents: all.map(({ document }) => document) };
}

export const isRefused = (bounds: Bounds, request: Request, reading: Reading, isAwsManagedKey: boolean) =>
  refusedByServiceControl(bounds.service, request, reading) !== null ||
  refusedByResourceControl(bounds.resource, request, reading, isAwsManagedKey) !== null;
