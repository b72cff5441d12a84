import { addAccount, controlPoliciesEnabled, newOrganization } from '../../../lab/aws/build.ts';
import { membershipOf, refusedByOrganization } from '../../../lab/aws/iam/organization.ts';
import type { Statement } from '../../../lab/aws/iam/policy.ts';
import { asDocumented } from '../../../lab/aws/iam/readings.ts';
import { type Caller, contextOf } from '../../../lab/aws/iam/request.ts';
import type { SimOrganization } from '../../../lab/aws/model.ts';
import { addOrganizationPolicy } from '../../../lab/aws/organization-policies.ts';

export const management = '111111111111';
/** An organization as in the scenarios of the Organizations user guide, "SCP evaluation": root → sandbox → A, B; root → workloads → test → D; root → workloads → production → E. */
export const accounts = { a: '200000000001', b: '200000000002', d: '200000000004', e: '200000000005' };
export const stranger = '999900001111';

export function organizationOf(): SimOrganization {
  const unit = (id: string, parentId: string) => ({ id, name: id, parentId });
  const organization = newOrganization({
    root: {
      id: 'r-exam',
      policyTypes: controlPoliciesEnabled(),
    },
    organizationalUnits: [
      unit('ou-sandbox', 'r-exam'),
      unit('ou-workloads', 'r-exam'),
      unit('ou-test', 'ou-workloads'),
      unit('ou-production', 'ou-workloads'),
    ],
  });
  addAccount(organization, { id: accounts.a, parentId: 'ou-sandbox' });
  addAccount(organization, { id: accounts.b, parentId: 'ou-sandbox' });
  addAccount(organization, { id: accounts.d, parentId: 'ou-test' });
  addAccount(organization, { id: accounts.e, parentId: 'ou-production' });
  addAccount(organization, { id: stranger, parentId: null });
  return organization;
}

let made = 0;
const attach = (organization: SimOrganization, type: string, statement: Statement, on: readonly string[]) => {
  const content = JSON.stringify({ Version: '2012-10-17', Statement: statement });
  return addOrganizationPolicy(organization, { id: `p-${++made}`, type, content }, ...on).id;
};
export const scp = (organization: SimOrganization, statement: Statement, ...on: readonly string[]) =>
  attach(organization, 'SERVICE_CONTROL_POLICY', statement, on);
export const rcp = (organization: SimOrganization, statement: Statement, ...on: readonly string[]) =>
  attach(organization, 'RESOURCE_CONTROL_POLICY', { Principal: '*', ...statement }, on);

export const allow = (...Action: readonly string[]): Statement => ({
  Effect: 'Allow',
  Action,
  Resource: '*',
});
export const deny = (...Action: readonly string[]): Statement => ({ Effect: 'Deny', Action, Resource: '*' });

export const identity = (
  organization: SimOrganization,
  account: string,
  kind: 'role' | 'user' | 'root' = 'role',
  name = 'app',
): Caller => ({
  kind,
  account,
  membership: membershipOf(organization, account),
  arn: `arn:aws:iam::${account}:${kind === 'root' ? 'root' : `${kind}/${name}`}`,
  session: kind === 'role' ? `arn:aws:sts::${account}:assumed-role/${name}/s1` : null,
});

export interface Asked {
  readonly caller: Caller;
  readonly action: string;
  readonly owner?: string;
  readonly resource?: string;
  readonly isAwsManagedKey?: boolean;
  readonly context?: Readonly<Record<string, string>>;
}

export function refusal(organization: SimOrganization, { caller, action, context = {}, ...rest }: Asked) {
  const { owner = null, resource = '*', isAwsManagedKey = false } = rest;
  const values = new Map(contextOf(caller));
  for (const [key, value] of Object.entries(context)) values.set(key, [value]);
  const request = { caller, action, resource, ownerId: owner, isAwsManagedKey, context: values };
  return refusedByOrganization(organization, request, asDocumented);
}
