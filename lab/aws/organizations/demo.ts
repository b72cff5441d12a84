import { addAccount, addKey, addUntargetedAlias, controlPoliciesEnabled, newOrganization } from '../build.ts';
import { awsManagedKey, predefinedAliases } from '../keys.ts';
import type { SimOrganization } from '../model.ts';
import { at } from '../wire-shapes.ts';
import { demoAccounts } from './demo-accounts.ts';
import { addDataLake } from './demo-data-lake.ts';
import { addDemoIam } from './demo-iam.ts';
import { addDemoPolicies } from './demo-policies.ts';
import { addDemoServices } from './demo-services.ts';
import { addEveryKind } from './every-kind.ts';

/**
 * About what a real organization looks like: nested organizational units, seven accounts (one out of reach, one
 * suspended, one closed), three regions, every kind of key, the article's data and compute accounts, foreign accounts
 * in key policies, bucket policies and grants, and an RCP and an SCP that lock out whom those let in.
 */
export function demo(): SimOrganization {
  const unit = (id: string, name: string, parentId: string) => ({ id, name, parentId });
  const organization = newOrganization({
    id: 'o-demo0lab01',
    managementAccountId: demoAccounts.management,
    root: {
      id: 'r-demo',
      policyTypes: controlPoliciesEnabled(),
    },
    organizationalUnits: [
      unit('ou-demo-secur001', 'security', 'r-demo'),
      unit('ou-demo-workl001', 'workloads', 'r-demo'),
      unit('ou-demo-prodn001', 'production', 'ou-demo-workl001'),
      unit('ou-demo-batch001', 'batch', 'ou-demo-prodn001'),
      unit('ou-demo-gonea001', 'leaving', 'r-demo'),
    ],
    delegatedAdministrators: new Map([
      [
        demoAccounts.security,
        { servicePrincipals: ['account.amazonaws.com'], since: at('2024-01-10T00:00:00Z') },
      ],
    ]),
    accounts: new Map(),
  });
  const everywhere = new Set(organization.regions.map((region) => region.name));
  const member = (name: keyof typeof demoAccounts, parentId: string, more = {}) =>
    addAccount(organization, { id: demoAccounts[name], name, parentId, ...more });

  const tagged = (owner: string, environment: string) => ({
    tags: new Map(Object.entries({ owner, environment })),
  });
  const data = member('data', 'ou-demo-prodn001', tagged('data-platform', 'production'));
  const ofCompute = { ...tagged('analytics', 'production'), enabledRegions: everywhere };
  const compute = member('compute', 'ou-demo-batch001', ofCompute);
  const security = member('security', 'ou-demo-secur001');
  const legacy = member('legacy', 'ou-demo-workl001', { joinedMethod: 'INVITED', roles: new Map() });
  const suspended = member('suspended', 'ou-demo-gonea001', { state: 'SUSPENDED', status: 'SUSPENDED' });
  member('closed', 'ou-demo-gonea001', { state: 'CLOSED', status: 'SUSPENDED' });

  const { partition } = organization;
  const placeOf = (account: { id: string }, region: string) => ({ partition, accountId: account.id, region });
  addDataLake(organization, data, compute);
  addDemoServices(organization, data);
  addDemoIam(data, compute);
  addDemoPolicies(organization, data);
  addEveryKind(security, placeOf(security, 'us-east-1'), 'eu-west-1', { deletion: inTwelveDays() });
  for (const account of [legacy, suspended, compute]) {
    const place = placeOf(account, 'eu-west-1');
    addKey(account, awsManagedKey(place, 'ebs'), 'alias/aws/ebs');
  }
  addKey(compute, awsManagedKey(placeOf(compute, 'ap-east-1'), 's3'), 'alias/aws/s3');
  for (const name of predefinedAliases.filter((alias) => alias !== 'alias/aws/ebs')) {
    addUntargetedAlias(organization, compute, 'eu-west-1', name);
  }
  return organization;
}

/** AWS lets a key wait for 30 days at most: a fixed date would be too far away, and soon over. */
function inTwelveDays(): string {
  const day = new Date();
  day.setUTCDate(day.getUTCDate() + 12);
  day.setUTCHours(23, 59, 59, 0);
  return day.toISOString();
}
