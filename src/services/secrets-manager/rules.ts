import { byCaller, byNobody, doingElse, oneOf, reading, writing } from '../../posture/resource/rules.ts';
import { readerCalls } from '../reader-calls.ts';
import type { SortRules } from '../sort-rules.ts';
import { secretsManagerGrammar } from './grammar.ts';

/**
 * Secrets. Secrets Manager calls KMS with the permission of whoever reads or writes the value (Secrets Manager user
 * guide, "Secret encryption and decryption", read 2026-11-24). A secret is always encrypted, by `aws/secretsmanager`
 * unless it names another key.
 *
 * A replica in another account is "an independent secret that has its own access policies, KMS key, and lifecycle"
 * ("Replicate AWS Secrets Manager secrets across accounts", the same guide, read 2026-11-29): its account reads it
 * whatever becomes of this secret's key. Whom it lets in further is told with the replica.
 *
 * Quotas: "AWS Secrets Manager quotas" of the same guide; of DescribeSecret, "AWS Secrets Manager increases the API
 * Requests per Second limits" (What's new, 2025-03-04, read 2026-11-29).
 */
export const secretsManagerRules = {
  service: 'secretsmanager',
  byDefault: true,
  title: 'Secrets of AWS Secrets Manager',
  resourceTypes: { secret: null },
  calls: {
    'secretsmanager:ListSecrets': 100,
    'secretsmanager:GetResourcePolicy': 50,
    'secretsmanager:DescribeSecret': 40000,
  },
  encryptionCalls: ['secretsmanager:DescribeSecret'],
  sharedBy: 'policy',
  coveredByRcps: true,
  whenKeyIsLost: 'at_once',
  viaService: 'secretsmanager',
  defaultAlias: 'alias/aws/secretsmanager',
  checkedAgainst: 'caller',
  grammar: secretsManagerGrammar,
  operations: [
    reading('read', oneOf('secretsmanager', 'GetSecretValue'), byCaller('kms:Decrypt')),
    {
      ...reading('read its replica', null, byNobody),
      readerCalls: readerCalls('secretsmanager', 'GetSecretValue'),
    },
    writing(
      'write',
      oneOf('secretsmanager', 'PutSecretValue UpdateSecret'),
      byCaller('kms:GenerateDataKey', 'kms:Decrypt'),
    ),
    // "Dry-run kms:Encrypt check on the replica secret's KMS key", and every value from then on is re-encrypted so ("Associate
    // the replica with a primary secret" and "How Secrets Manager authorizes cross-account replication", as above).
    writing(
      'replicate into it',
      oneOf('secretsmanager', 'AcceptCrossAccountReplication'),
      byCaller('kms:Encrypt'),
    ),
    // Versions get other labels, values are written by the secret's own function: no key of the caller's.
    doingElse(
      'rotate',
      oneOf('secretsmanager', 'RotateSecret CancelRotateSecret UpdateSecretVersionStage'),
      byNobody,
    ),
  ],
  encryptionContext: (arn) => ({ SecretARN: arn, SecretVersionId: '*' }),
} as const satisfies SortRules;
