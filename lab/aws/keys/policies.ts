import type { Place } from './material.ts';

export type PolicyStatement = Readonly<Record<string, unknown>>;

function policyDocument(id: string, statements: readonly PolicyStatement[]): string {
  return JSON.stringify({ Version: '2012-10-17', Id: id, Statement: statements }, null, 2);
}

/** What CreateKey writes without a policy: the account's IAM policies decide. */
function rootStatement(place: Place): PolicyStatement {
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

/** Where the service that uses a key calls KMS under another name than its alias has. */
const viaService: Readonly<Record<string, string>> = { ebs: 'ec2' };

/** The form of nearly all AWS managed keys' policies (real ones of us-east-1, seen in May 2025). */
export function awsManagedKeyPolicy(place: Place, service: string): string {
  const name = service.toUpperCase();
  return policyDocument(`auto-${service}-2`, [
    {
      Sid: `Allow access through ${name} for all principals in the account that are authorized to use ${name}`,
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
      Resource: '*',
      Condition: throughService(place, viaService[service] ?? service),
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

/** `aws/acm` admits its own account to four metadata calls, and to nothing else directly. */
export function acmManagedKeyPolicy(place: Place): string {
  const through = throughService(place, 'acm');
  const grantsOf = (...operations: string[]) => ({
    ...through,
    'ForAllValues:StringEquals': { 'kms:GrantOperations': operations },
    Bool: { 'kms:GrantIsForAWSResource': 'true' },
  });
  const everybody = { Principal: { AWS: '*' }, Resource: '*' };
  return policyDocument('auto-acm-4', [
    {
      Sid: 'Allow creation of decryption grants',
      Effect: 'Allow',
      Action: 'kms:CreateGrant',
      ...everybody,
      Condition: grantsOf('Decrypt'),
    },
    {
      Sid: 'Allow creation of encryption grant',
      Effect: 'Allow',
      Action: 'kms:CreateGrant',
      ...everybody,
      Condition: grantsOf('Encrypt', 'ReEncryptFrom', 'ReEncryptTo'),
    },
    {
      Sid: 'Allowed operations for the key owner',
      Effect: 'Allow',
      Action: ['kms:DescribeKey', 'kms:ListGrants', 'kms:RevokeGrant', 'kms:GetKeyPolicy'],
      ...everybody,
      Condition: { StringEquals: { 'kms:CallerAccount': place.accountId } },
    },
    {
      Sid: 'Deny re-encryption to any other key',
      Effect: 'Deny',
      Action: 'kms:ReEncrypt*',
      ...everybody,
      Condition: { Bool: { 'kms:ReEncryptOnSameKey': 'false' } },
    },
    { Sid: 'Allow decrypt', Effect: 'Allow', Action: 'kms:Decrypt', ...everybody, Condition: through },
  ]);
}

function throughService(place: Place, service: string): PolicyStatement {
  return {
    StringEquals: {
      'kms:CallerAccount': place.accountId,
      'kms:ViaService': `${service}.${place.region}.amazonaws.com`,
    },
  };
}
