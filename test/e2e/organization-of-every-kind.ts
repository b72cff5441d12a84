import { addKey } from '../../lab/aws/build.ts';
import { awsMaterialKey, futureKey, keyPolicy, type Place } from '../../lab/aws/keys.ts';
import type { SimKey, SimOrganization } from '../../lab/aws/model.ts';
import { demo } from '../../lab/aws/organizations/demo.ts';
import { demoAccounts } from '../../lab/aws/organizations/demo-accounts.ts';
import { at } from '../../lab/aws/wire-shapes.ts';

/**
 * The demo's organization, and what it lacks for every column to be filled: a kind of tomorrow, a key in use, an
 * odd policy.
 */
export function organizationOfEveryKind(): SimOrganization {
  const organization = demo();
  const security = organization.accounts.get(demoAccounts.security);
  if (security === undefined) throw new Error('the demo has no security account');
  const place = { partition: organization.partition, accountId: security.id, region: 'us-east-1' };
  addKey(security, futureKey(place, 'future'), 'alias/future');
  addKey(security, oddlySharedKey(place), 'alias/oddly-shared');
  keyBehind(organization, demoAccounts.security, 'us-east-1', 'alias/symmetric').lastUsage = {
    Operation: 'Decrypt',
    Timestamp: at('2026-10-01T06:30:00Z'),
    CloudTrailEventId: 'b1e2c3d4-0000-4000-8000-000000000001',
    KmsRequestId: 'b1e2c3d4-0000-4000-8000-000000000002',
  };
  keyBehind(organization, demoAccounts.security, 'us-east-1', 'alias/ml-kem-768').lastUsage = {
    Operation: 'Decapsulate',
    Timestamp: at('2026-11-20T06:30:00Z'),
    CloudTrailEventId: 'b1e2c3d4-0000-4000-8000-000000000003',
    KmsRequestId: 'b1e2c3d4-0000-4000-8000-000000000004',
  };
  return organization;
}

/** A statement for all but some, one that no reader understands, and a grant to a service. */
function oddlySharedKey(place: Place): SimKey {
  return awsMaterialKey(place, 'oddly-shared', {
    policy: keyPolicy(
      place,
      {
        Effect: 'Deny',
        NotPrincipal: { AWS: `arn:aws:iam::${place.accountId}:root` },
        Action: 'kms:ScheduleKeyDeletion',
        Resource: '*',
      },
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${demoAccounts.auditor}:root` },
        Action: 'kms:Decrypt',
        Resource: '*',
        Condition: { StringResembles: { 'aws:PrincipalTag/team': 'audit' } },
      },
    ),
    grants: [
      {
        GranteeServicePrincipal: 'rds.amazonaws.com',
        RetiringServicePrincipal: 'rds.amazonaws.com',
        Operations: ['Decrypt'],
      },
    ],
  });
}

/** The key that an alias names. */
function keyBehind(organization: SimOrganization, accountId: string, region: string, alias: string): SimKey {
  const content = organization.accounts.get(accountId)?.regions.get(region);
  const key = content?.keys.get(content.aliases.get(alias)?.TargetKeyId ?? '');
  if (key === undefined) throw new Error(`${alias} names no key in ${accountId} ${region}`);
  return key;
}
