import { known } from '../../aws/fact.ts';
import { oneOf } from '../../posture/resource/rules.ts';
import type { ResourceService } from '../service.ts';
import { byPolicy, readSharing } from '../sharing.ts';
import { secretsManagerReads } from './calls.ts';
import { secretsManagerGrammar } from './grammar.ts';

/**
 * Secrets. Secrets Manager calls KMS with the permission of whoever reads or writes the value (Secrets Manager user
 * guide, "Secret encryption and decryption", read 2026-11-24). A secret is always encrypted, by `aws/secretsmanager`
 * unless it names another key.
 */
export const secretsManager: ResourceService = {
  service: 'secretsmanager',
  calls: ['secretsmanager:ListSecrets', 'secretsmanager:GetResourcePolicy'],
  viaService: 'secretsmanager',
  defaultAlias: 'alias/aws/secretsmanager',
  checkedAgainst: 'caller',
  grammar: secretsManagerGrammar,
  operations: [
    {
      name: 'read',
      access: 'read',
      actions: oneOf('secretsmanager', 'GetSecretValue'),
      checkedAgainst: 'caller',
      keyActions: ['kms:Decrypt'],
    },
    {
      name: 'write',
      access: 'write',
      actions: oneOf('secretsmanager', 'PutSecretValue UpdateSecret'),
      checkedAgainst: 'caller',
      keyActions: ['kms:GenerateDataKey', 'kms:Decrypt'],
    },
    // Versions get other labels, values are written by the secret's own function: no key of the caller's.
    {
      name: 'rotate or replicate',
      access: 'other',
      actions: oneOf(
        'secretsmanager',
        'RotateSecret CancelRotateSecret UpdateSecretVersionStage AcceptCrossAccountReplication',
      ),
      checkedAgainst: 'none',
      keyActions: [],
    },
  ],
  encryptionContext: (arn) => ({ SecretARN: arn, SecretVersionId: '*' }),

  async *list(access, scope) {
    const reads = secretsManagerReads(access);
    for await (const secrets of reads.secrets()) {
      yield secrets.map(({ arn, kmsKeyId }) => async () => {
        const sharing = await readSharing(reads.policy(arn), byPolicy);
        const encryption = known({ state: 'kms', key: kmsKeyId } as const);
        return sharing && { scope, resourceType: 'secret', arn, encryption, sharing };
      });
    }
  },
};
