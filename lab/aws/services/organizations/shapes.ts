import type { SimAccount, SimOrganization, SimOrganizationalUnit } from '../../model.ts';
import type { ListedPolicy } from '../../organization-policies.ts';

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

/** `PolicySummary`. A policy of AWS has AWS in its ARN, no account and no organization. */
export function policyShape(organization: SimOrganization, policy: ListedPolicy) {
  const kind = policy.type.toLowerCase();
  return {
    Id: policy.id,
    Arn: policy.awsManaged
      ? `arn:${organization.partition}:organizations::aws:policy/${kind}/${policy.id}`
      : organizationsArn(organization, 'policy', `${kind}/${policy.id}`),
    Name: policy.name,
    Description: policy.description,
    Type: policy.type,
    AwsManaged: policy.awsManaged,
  };
}
