import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { byCaller, oneOf, reading, writing } from '../../posture/resource/rules.ts';
import type { SortRules } from '../sort-rules.ts';
import { ssmGrammar } from './grammar.ts';

/**
 * SecureString parameters, which alone use a key of KMS: with the permission of whoever puts or gets the value, and
 * `aws/ssm` where no other is named ("How AWS Systems Manager Parameter Store uses AWS KMS" of the KMS developer guide,
 * read 2026-11-29). Other parameters have no row: a region may have thousands of them, all under a key of AWS's.
 * Only parameters of the advanced tier can be shared (PutResourcePolicy, Systems Manager API reference, read
 * 2026-11-29).
 */
export const ssmRules = {
  service: 'ssm',
  byDefault: true,
  title: 'SecureString parameters of AWS Systems Manager',
  resourceTypes: { parameter: 'of Systems Manager: those of type SecureString' },
  // DescribeParameters: no quota is published; Parameter Store's are about values.
  calls: { 'ssm:DescribeParameters': null, 'ssm:GetResourcePolicies': null },
  sharedBy: 'policy',
  coveredByRcps: false,
  whenKeyIsLost: 'at_once',
  viaService: 'ssm',
  defaultAlias: 'alias/aws/ssm',
  checkedAgainst: 'caller',
  grammar: ssmGrammar,
  operations: [
    reading(
      'get the value',
      oneOf('ssm', 'GetParameter GetParameters GetParameterHistory GetParametersByPath'),
      byCaller('kms:Decrypt'),
    ),
    // What is shared is of the advanced tier, whose values are under data keys.
    writing('put a value', oneOf('ssm', 'PutParameter'), byCaller('kms:GenerateDataKey')),
  ],
  // Values of the advanced tier are written by the AWS Encryption SDK, which adds its own.
  encryptionContext: (arn) => ({ PARAMETER_ARN: arn, 'aws-crypto-public-key': '*' }),
  caveat: 'shares of AWS RAM that AWS does not answer among its policies are not read',
} as const satisfies SortRules;

/** @param type `SecureString`; AWS always names the key of one. */
export const parameterEncryption = (type: string, keyId: string | null): ResourceEncryption => ({
  state: type === 'SecureString' && keyId !== null ? 'kms' : 'unknown',
  key: keyId,
});

/** @param tier of which only `Standard` cannot be shared; null where AWS does not answer it */
export const mayBeShared = (tier: string | null): boolean => tier !== 'Standard';
