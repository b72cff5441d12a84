import { addKey } from '../build.ts';
import { awsMaterialKey, keyPolicy } from '../keys.ts';
import type { SimAccount, SimOrganization } from '../model.ts';
import { addOrganizationPolicy } from '../organization-policies.ts';
import { shareKey } from '../ram-shares.ts';
import { addBucket, bucketPolicy } from './buckets.ts';
import { demoAccounts } from './demo-accounts.ts';

const document = (statement: object): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, null, 2);

/**
 * An RCP and an SCP for the demo's organization, and the two buckets whose readers they lock out though bucket policy and
 * key let them in: a partner outside by the perimeter around keys, the batch account by its region.
 */
export function addDemoPolicies(organization: SimOrganization, data: SimAccount): void {
  addOrganizationPolicy(
    organization,
    {
      id: 'p-demoperim1',
      type: 'RESOURCE_CONTROL_POLICY',
      name: 'keys-for-the-organization',
      description: 'Customer managed keys of workloads serve principals of the organization and AWS services',
      content: document({
        Sid: 'OnlyTheOrganization',
        Effect: 'Deny',
        Principal: '*',
        Action: 'kms:*',
        Resource: '*',
        Condition: {
          StringNotEqualsIfExists: { 'aws:PrincipalOrgID': organization.id },
          BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
        },
      }),
    },
    'ou-demo-workl001',
  );
  addOrganizationPolicy(
    organization,
    {
      id: 'p-demoregion',
      name: 'batch-works-in-us-east-1',
      description: 'Batch accounts use no other region; the role of the organization may look',
      content: document({
        Sid: 'OnlyUsEast1',
        Effect: 'Deny',
        NotAction: ['iam:*', 'organizations:*', 'sts:*', 'support:*'],
        Resource: '*',
        Condition: {
          StringNotEquals: { 'aws:RequestedRegion': ['us-east-1'] },
          ArnNotLike: { 'aws:PrincipalArn': 'arn:*:iam::*:role/OrganizationAccountAccessRole' },
        },
      }),
    },
    'ou-demo-batch001',
  );
  addPartnerBucket(organization, data);
  addEuropeanBucket(organization, data);
}

/** Its key is shared with the partner by RAM. */
function addPartnerBucket(organization: SimOrganization, data: SimAccount): void {
  const name = 'data-lake-stopped-by-rcp';
  const region = 'us-east-1';
  const place = { partition: organization.partition, accountId: data.id, region };
  const key = addKey(data, awsMaterialKey(place, 'partner-exchange'), 'alias/partner-exchange');
  shareKey(organization, key, [demoAccounts.vendor], { name: 'partner-exchange' });
  const partner = `arn:${organization.partition}:iam::${demoAccounts.vendor}:root`;
  addBucket(data, {
    name,
    region,
    encryption: { algorithm: 'aws:kms', kmsMasterKeyId: key.metadata.Arn, bucketKeyEnabled: true },
    policy: bucketPolicy(name, partner),
  });
}

/** The analytics role of the batch account may read it, by bucket and key, but in another region than its own. */
function addEuropeanBucket(organization: SimOrganization, data: SimAccount): void {
  const name = 'data-lake-stopped-by-scp';
  const region = 'eu-west-1';
  const reader = `arn:${organization.partition}:iam::${demoAccounts.compute}:role/analytics`;
  const place = { partition: organization.partition, accountId: data.id, region };
  const admit = { Effect: 'Allow', Principal: { AWS: reader }, Action: 'kms:Decrypt', Resource: '*' };
  const key = addKey(
    data,
    awsMaterialKey(place, 'europe', { policy: keyPolicy(place, admit) }),
    'alias/data-lake-europe',
  );
  addBucket(data, {
    name,
    region,
    encryption: { algorithm: 'aws:kms', kmsMasterKeyId: key.metadata.Arn, bucketKeyEnabled: true },
    policy: bucketPolicy(name, reader),
  });
}
