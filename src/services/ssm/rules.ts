import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { byCaller, oneOf, reading, writing } from '../../posture/resource/rules.ts';
import { readerCalls } from '../reader-calls.ts';
import type { SortRules } from '../sort-rules.ts';
import { ssmGrammar } from './grammar.ts';

const getting = 'GetParameter GetParameters GetParameterHistory GetParametersByPath';

/**
 * SecureString parameters, which alone use a key of KMS: with the permission of whoever puts or gets the value, and
 * `aws/ssm` where no other is named ("How AWS Systems Manager Parameter Store uses AWS KMS" of the KMS developer guide,
 * read 2026-11-29). Other parameters have no row: a region may have thousands of them, all under a key of AWS's.
 * Only parameters of the advanced tier can be shared, by AWS RAM or by a policy that "is used to share a parameter …
 * using" RAM; "to share a SecureString parameter, it must be encrypted with a customer managed key, and you must share
 * the key separately" (PutResourcePolicy, Systems Manager API reference, read 2026-11-29). Whether GetResourcePolicies
 * answers what RAM shares, AWS does not say: RAM is asked as well.
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
  alsoSharedByRam: true,
  operations: [
    reading('get the value', oneOf('ssm', getting), byCaller('kms:Decrypt')),
    {
      ...reading('get the value by a share', null, byCaller('kms:Decrypt')),
      readerCalls: readerCalls('ssm', getting),
    },
    // What is shared is of the advanced tier, whose values are under data keys.
    writing('put a value', oneOf('ssm', 'PutParameter'), byCaller('kms:GenerateDataKey')),
  ],
  // Values of the advanced tier are written by the AWS Encryption SDK, which adds its own.
  encryptionContext: (arn) => ({ PARAMETER_ARN: arn, 'aws-crypto-public-key': '*' }),
} as const satisfies SortRules;

/** @param type `SecureString`; AWS always names the key of one. */
export const parameterEncryption = (type: string, keyId: string | null): ResourceEncryption => ({
  state: type === 'SecureString' && keyId !== null ? 'kms' : 'unknown',
  key: keyId,
});

/** @param tier of which only `Standard` cannot be shared; null where AWS does not answer it */
export const mayBeShared = (tier: string | null): boolean => tier !== 'Standard';
