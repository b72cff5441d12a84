import { byCaller, byNobody, doingElse, oneOf, reading, writing } from '../../posture/resource/rules.ts';
import type { SortRules } from '../sort-rules.ts';
import { secretsManagerGrammar } from './grammar.ts';

/**
 * Secrets. Secrets Manager calls KMS with the permission of whoever reads or writes the value (Secrets Manager user
 * guide, "Secret encryption and decryption", read 2026-11-24). A secret is always encrypted, by `aws/secretsmanager`
 * unless it names another key.
 */
export const secretsManagerRules = {
  service: 'secretsmanager',
  byDefault: true,
  title: 'Secrets of AWS Secrets Manager',
  resourceTypes: { secret: null },
  calls: { 'secretsmanager:ListSecrets': 100, 'secretsmanager:GetResourcePolicy': 50 },
  sharedBy: 'policy',
  coveredByRcps: true,
  whenKeyIsLost: 'at_once',
  viaService: 'secretsmanager',
  defaultAlias: 'alias/aws/secretsmanager',
  checkedAgainst: 'caller',
  grammar: secretsManagerGrammar,
  operations: [
    reading('read', oneOf('secretsmanager', 'GetSecretValue'), byCaller('kms:Decrypt')),
    writing(
      'write',
      oneOf('secretsmanager', 'PutSecretValue UpdateSecret'),
      byCaller('kms:GenerateDataKey', 'kms:Decrypt'),
    ),
    // Versions get other labels, values are written by the secret's own function: no key of the caller's.
    doingElse(
      'rotate or replicate',
      oneOf(
        'secretsmanager',
        'RotateSecret CancelRotateSecret UpdateSecretVersionStage AcceptCrossAccountReplication',
      ),
      byNobody,
    ),
  ],
  encryptionContext: (arn) => ({ SecretARN: arn, SecretVersionId: '*' }),
  // DescribeSecret alone tells of them (CrossAccountReplicas, botocore 1.44.8, read 2026-11-29).
  caveat: 'a replica of it in another account is not read',
} as const satisfies SortRules;
