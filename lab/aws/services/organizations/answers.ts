import type { SimAccount, SimOrganization } from '../../model.ts';
import { requiredText, text } from '../../protocol/input.ts';
import { ApiError, type Output } from '../../protocol/wire.ts';
import type { Call } from '../../service.ts';
import { page } from './page.ts';
import { accountShape, organizationsArn, policyTypesShape, unitShape } from './shapes.ts';

export function describeOrganization({ world: { organization } }: Call): Output {
  const management = organization.accounts.get(organization.managementAccountId);
  return {
    Organization: {
      Id: organization.id,
      Arn: organizationsArn(organization, 'organization'),
      FeatureSet: 'ALL',
      MasterAccountArn: organizationsArn(organization, 'account', organization.managementAccountId),
      MasterAccountId: organization.managementAccountId,
      MasterAccountEmail: management?.email,
      // AWS answers this field for organizations of before 2019 only as a list without meaning.
      AvailablePolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }],
    },
  };
}

export function listAccounts(call: Call): Output {
  const { organization } = call.world;
  return page(call, 'Accounts', membersOf(organization), (each) => accountShape(organization, each));
}

/** Only the accounts directly below the parent. */
export function listAccountsForParent(call: Call): Output {
  const { organization } = call.world;
  const parentId = existingParent(call);
  const below = membersOf(organization).filter((each) => each.parentId === parentId);
  return page(call, 'Accounts', below, (each) => accountShape(organization, each));
}

export function listRoots(call: Call): Output {
  const { organization } = call.world;
  const { id } = organization.root;
  return page(call, 'Roots', [id], () => ({
    Id: id,
    Arn: organizationsArn(organization, 'root', id),
    Name: 'Root',
    PolicyTypes: policyTypesShape(organization),
  }));
}

export function listOrganizationalUnitsForParent(call: Call): Output {
  const { organization } = call.world;
  const parentId = existingParent(call);
  const below = organization.organizationalUnits.filter((unit) => unit.parentId === parentId);
  return page(call, 'OrganizationalUnits', below, (unit) => unitShape(organization, unit));
}

export function listChildren(call: Call): Output {
  const { organization } = call.world;
  const parentId = existingParent(call);
  const type = requiredText(call.input, 'ChildType');
  const children: readonly { id: string; parentId: string | null }[] =
    type === 'ACCOUNT' ? membersOf(organization) : organization.organizationalUnits;
  const below = children.filter((child) => child.parentId === parentId);
  return page(call, 'Children', below, (child) => ({ Id: child.id, Type: type }));
}

export function listParents(call: Call): Output {
  const { organization } = call.world;
  const childId = requiredText(call.input, 'ChildId');
  const child =
    organization.accounts.get(childId) ??
    organization.organizationalUnits.find((unit) => unit.id === childId);
  if (child === undefined || child.parentId === null) {
    throw new ApiError(400, 'ChildNotFoundException', "You specified a child that doesn't exist.");
  }
  const { parentId } = child;
  const Type = parentId === organization.root.id ? 'ROOT' : 'ORGANIZATIONAL_UNIT';
  return page(call, 'Parents', [parentId], (Id) => ({ Id, Type }));
}

export function describeAccount(call: Call): Output {
  const { organization } = call.world;
  const account = organization.accounts.get(requiredText(call.input, 'AccountId'));
  if (account === undefined || account.parentId === null) {
    throw new ApiError(400, 'AccountNotFoundException', "You specified an account that doesn't exist.");
  }
  return { Account: accountShape(organization, account) };
}

export function describeOrganizationalUnit(call: Call): Output {
  const { organization } = call.world;
  const id = requiredText(call.input, 'OrganizationalUnitId');
  const unit = organization.organizationalUnits.find((each) => each.id === id);
  if (unit === undefined) {
    throw new ApiError(
      400,
      'OrganizationalUnitNotFoundException',
      "You specified an organizational unit that doesn't exist.",
    );
  }
  return { OrganizationalUnit: unitShape(organization, unit) };
}

export function listDelegatedAdministrators(call: Call): Output {
  const { organization } = call.world;
  const service = text(call.input, 'ServicePrincipal');
  const delegated = [...organization.delegatedAdministrators].filter(
    ([, { servicePrincipals }]) => service === undefined || servicePrincipals.includes(service),
  );
  return page(call, 'DelegatedAdministrators', delegated, ([id, { since }]) => {
    const account = organization.accounts.get(id);
    const { Paths: _, ...shape } =
      account === undefined ? { Paths: [] } : accountShape(organization, account);
    return { ...shape, DelegationEnabledDate: since };
  });
}

/** Of accounts: units and policies have no tags here. */
export function listTagsForResource(call: Call): Output {
  const account = call.world.organization.accounts.get(requiredText(call.input, 'ResourceId'));
  if (account === undefined || account.parentId === null) {
    throw new ApiError(400, 'TargetNotFoundException', "You specified a target that doesn't exist.");
  }
  return page(call, 'Tags', [...account.tags], ([Key, Value]) => ({ Key, Value }));
}

function membersOf(organization: SimOrganization): SimAccount[] {
  return [...organization.accounts.values()].filter((account) => account.parentId !== null);
}

function existingParent(call: Call): string {
  const { root, organizationalUnits } = call.world.organization;
  const parentId = requiredText(call.input, 'ParentId');
  if (parentId !== root.id && !organizationalUnits.some((unit) => unit.id === parentId)) {
    throw new ApiError(
      400,
      'ParentNotFoundException',
      "You specified a parent (root or OU) that doesn't exist.",
    );
  }
  return parentId;
}
