import type { PolicyTarget } from '../services/organizations/facts.ts';
import { flagIn, objectsIn, policyIn, textIn, textsIn } from './cells.ts';
import { notTold, type Told, told } from './facts.ts';
import type { AccountTold, OrganizationPolicyTold, OrganizationTold } from './organization.ts';
import type { Cells, Place, Rows } from './rows.ts';

/** The accounts of the organization and its policies. */
export async function loadOrganization(rows: Rows): Promise<OrganizationTold> {
  const accounts = await rows.accounts();
  const policies = await allOf(rows, { table: 'organization_policies', region: 'global' });
  return {
    accounts: map(accounts, (list) => list.map(accountIn)),
    policies: map(policies, (list) => list.map(policyRow)),
  };
}

/** Told only as a whole. */
async function allOf(rows: Rows, place: Place): Promise<Told<readonly Cells[]>> {
  const seen = await rows.seen(place, 'true', []);
  const whole = await rows.whole(place);
  if (seen.state === 'not_told') return seen;
  if (whole.state === 'not_told') return whole;
  const outdated = seen.value.find((row) => row.outdated !== null);
  if (outdated !== undefined)
    return notTold(`a row of aws_encryption_${place.table} may not hold any more: ${outdated.outdated}`);
  return told(seen.value.map(({ cells }) => cells));
}

const map = <A, B>(given: Told<A>, to: (value: A) => B): Told<B> =>
  given.state === 'told' ? told(to(given.value)) : given;

const accountIn = (cells: Cells): AccountTold => ({
  id: textIn(cells, 'account_id') ?? '',
  name: textIn(cells, 'name'),
  organizationId: textIn(cells, 'organization_id'),
  units: textsIn(cells, 'organization_units'),
  isManagement: flagIn(cells, 'is_management_account'),
  isListed: textIn(cells, 'state') !== null,
  scpEnabled: flagIn(cells, 'scp_enabled'),
  rcpEnabled: flagIn(cells, 'rcp_enabled'),
});

function policyRow(cells: Cells): OrganizationPolicyTold {
  const id = textIn(cells, 'policy_id') ?? '';
  const targets = objectsIn(cells, 'targets');
  return {
    id,
    organizationId: textIn(cells, 'organization_id'),
    type:
      textIn(cells, 'type') === 'RESOURCE_CONTROL_POLICY'
        ? 'RESOURCE_CONTROL_POLICY'
        : 'SERVICE_CONTROL_POLICY',
    name: textIn(cells, 'name'),
    content: policyIn(cells, 'content', `the document of ${id}`),
    targets: targets === null ? notTold(`what ${id} is attached to was not read`) : told(targets.map(target)),
  };
}

const kinds: readonly PolicyTarget['kind'][] = ['root', 'organizational_unit', 'account'];

const target = (cells: Cells): PolicyTarget => ({
  id: textIn(cells, 'id') ?? '',
  kind: kinds.find((kind) => kind === textIn(cells, 'kind')) ?? 'organizational_unit',
  name: textIn(cells, 'name'),
});
