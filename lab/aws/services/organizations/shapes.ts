import type { SimAccount, SimOrganization, SimOrganizationalUnit } from '../../model.ts';

/** `arn:aws:organizations::<management account>:<kind>/<organization>/<id>` */
export function organizationsArn(organization: SimOrganization, kind: string, id?: string): string {
  const { partition, managementAccountId } = organization;
  const path = id === undefined ? organization.id : `${organization.id}/${id}`;
  return `arn:${partition}:organizations::${managementAccountId}:${kind}/${path}`;
}

/** Ids from the root down to `parentId`, the organization's first: `o-…/r-…/ou-…/`. */
export function pathTo(organization: SimOrganization, parentId: string): string {
  const ids: string[] = [];
  let next: string | undefined = parentId;
  while (next !== undefined) {
    const id: string = next;
    ids.unshift(id);
    next = organization.organizationalUnits.find((unit) => unit.id === id)?.parentId;
  }
  return `${organization.id}/${ids.join('/')}/`;
}

export function accountShape(organization: SimOrganization, account: SimAccount) {
  return {
    Id: account.id,
    Arn: organizationsArn(organization, 'account', account.id),
    Email: account.email,
    Name: account.name,
    ...(account.status === null ? {} : { Status: account.status }),
    ...(account.state === null ? {} : { State: account.state }),
    ...(organization.answersNoPaths ? {} : { Paths: pathsOf(organization, account) }),
    JoinedMethod: account.joinedMethod,
    JoinedTimestamp: account.joined,
  };
}

function pathsOf(organization: SimOrganization, { id, parentId }: SimAccount): string[] {
  return parentId === null ? [] : [`${pathTo(organization, parentId)}${id}/`];
}

export function unitShape(organization: SimOrganization, unit: SimOrganizationalUnit) {
  return {
    Id: unit.id,
    Arn: organizationsArn(organization, 'ou', unit.id),
    Name: unit.name,
    Path: pathTo(organization, unit.id),
  };
}

export function policyTypesShape(organization: SimOrganization) {
  return [...organization.root.policyTypes].map(([Type, Status]) => ({ Type, Status }));
}
