import type { Place } from './material.ts';

export type PolicyStatement = Readonly<Record<string, unknown>>;

export function policyDocument(id: string, statements: readonly PolicyStatement[]): string {
  return JSON.stringify({ Version: '2012-10-17', Id: id, Statement: statements }, null, 2);
}

/** What CreateKey writes without a policy: the account's IAM policies decide. */
export function rootStatement(place: Place): PolicyStatement {
  return {
    Sid: 'Enable IAM User Permissions',
    Effect: 'Allow',
    Principal: { AWS: `arn:${place.partition}:iam::${place.accountId}:root` },
    Action: 'kms:*',
    Resource: '*',
  };
}

/** The default policy, and whatever statements come after it. */
export function keyPolicy(place: Place, ...more: PolicyStatement[]): string {
  return policyDocument('key-default-1', [rootStatement(place), ...more]);
}

/** The form of nearly all AWS managed keys' policies. The service's own name stands in `kms:ViaService`. */
export function awsManagedKeyPolicy(place: Place, service: string): string {
  const name = service.toUpperCase();
  return policyDocument(`auto-${service}-2`, [
    {
      Sid: `Allow access through ${name} for all principals in the account that are authorized to use ${name}`,
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
      Resource: '*',
      Condition: {
        StringEquals: {
          'kms:CallerAccount': place.accountId,
          'kms:ViaService': `${service}.${place.region}.amazonaws.com`,
        },
      },
    },
    {
      Sid: 'Allow direct access to key metadata to the account',
      Effect: 'Allow',
      Principal: { AWS: `arn:${place.partition}:iam::${place.accountId}:root` },
      Action: ['kms:Describe*', 'kms:Get*', 'kms:List*'],
      Resource: '*',
    },
  ]);
}

/** `aws/acm` admits four metadata calls and denies the rest. */
export function acmManagedKeyPolicy(place: Place): string {
  const root = { AWS: `arn:${place.partition}:iam::${place.accountId}:root` };
  return policyDocument('auto-acm-3', [
    {
      Sid: 'Allow creation of decryption grants',
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: 'kms:CreateGrant',
      Resource: '*',
      Condition: {
        StringEquals: {
          'kms:CallerAccount': place.accountId,
          'kms:ViaService': `acm.${place.region}.amazonaws.com`,
        },
        'ForAllValues:StringEquals': { 'kms:GrantOperations': 'Decrypt' },
        Bool: { 'kms:GrantIsForAWSResource': 'true' },
      },
    },
    {
      Sid: 'Allow creation of encryption grant',
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: 'kms:CreateGrant',
      Resource: '*',
      Condition: {
        StringEquals: {
          'kms:CallerAccount': place.accountId,
          'kms:ViaService': `acm.${place.region}.amazonaws.com`,
        },
        'ForAllValues:StringEquals': { 'kms:GrantOperations': ['Encrypt', 'ReEncryptFrom', 'ReEncryptTo'] },
        Bool: { 'kms:GrantIsForAWSResource': 'true' },
      },
    },
    {
      Sid: 'Allowed operations for the key owner',
      Effect: 'Allow',
      Principal: root,
      Action: ['kms:DescribeKey', 'kms:ListGrants', 'kms:RevokeGrant', 'kms:GetKeyPolicy'],
      Resource: '*',
    },
    {
      Sid: 'Deny re-encryption to any other key',
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: 'kms:ReEncrypt*',
      Resource: '*',
      Condition: { Null: { 'kms:ReEncryptOnSameKey': 'false' } },
    },
    {
      Sid: 'Allow decryption',
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: 'kms:Decrypt',
      Resource: '*',
      Condition: {
        StringEquals: {
          'kms:CallerAccount': place.accountId,
          'kms:ViaService': `acm.${place.region}.amazonaws.com`,
        },
      },
    },
  ]);
}
