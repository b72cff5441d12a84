import type { SimOrganization, SimOrganizationPolicy } from '../model.ts';
import { addOrganizationPolicy } from '../organization-policies.ts';

type Generated = Pick<SimOrganizationPolicy, 'id' | 'name' | 'content'> & {
  readonly type: 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY';
};

/** What AWS allows at a root, unit or account: 10 SCPs, of which `FullAWSAccess` is one, and 5 RCPs. */
const most = { SERVICE_CONTROL_POLICY: 9, RESOURCE_CONTROL_POLICY: 5 };

/**
 * As many policies as a level can have: SCPs that keep to some regions with an exception for roles, and perimeters that
 * spare AWS's services and a partner.
 * @param level tells the policies of one level from those of another
 */
export function generatedPolicies(level: string, organizationId: string): readonly Generated[] {
  const policy = (type: Generated['type'], name: string, statement: object): Generated => ({
    id: `p-${name.replaceAll('-', '')}`,
    type,
    name,
    content: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
  });
  const of = (type: Generated['type'], prefix: string, statement: (index: number) => object) =>
    Array.from({ length: most[type] }, (_, index) =>
      policy(type, `${prefix}-${level}-${index}`, statement(index)),
    );
  return [
    ...of('SERVICE_CONTROL_POLICY', 'regions', (index) => ({
      Effect: 'Deny',
      NotAction: ['iam:*', 'sts:*', 'organizations:*', `svc${index}:*`],
      Resource: '*',
      Condition: {
        StringNotEquals: { 'aws:RequestedRegion': ['us-east-1', 'eu-west-1', 'eu-central-1'] },
        ArnNotLike: { 'aws:PrincipalArn': `arn:aws:iam::*:role/Breakglass${index}` },
      },
    })),
    ...of('RESOURCE_CONTROL_POLICY', 'perimeter', (index) => ({
      Effect: 'Deny',
      Principal: '*',
      Action: ['kms:*', 's3:*'],
      Resource: '*',
      Condition: {
        StringNotEqualsIfExists: {
          'aws:PrincipalOrgID': organizationId,
          'aws:PrincipalAccount': [`99998888777${index}`],
        },
        BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
      },
    })),
  ];
}

/** Enables SCPs and RCPs, with as many at the root, at each unit and at the accounts as there can be. */
export function addGeneratedPolicies(organization: SimOrganization): void {
  const { id, root, organizationalUnits, accounts } = organization;
  root.policyTypes = new Map([
    ...root.policyTypes,
    ...Object.keys(most).map((type) => [type, 'ENABLED'] as const),
  ]);
  const levels: Readonly<Record<string, readonly string[]>> = {
    root: [root.id],
    ...Object.fromEntries(organizationalUnits.map((unit, index) => [`unit${index}`, [unit.id]])),
    account: [...accounts.keys()],
  };
  for (const [level, targets] of Object.entries(levels))
    for (const policy of generatedPolicies(level, id ?? ''))
      addOrganizationPolicy(organization, policy, ...targets);
}
