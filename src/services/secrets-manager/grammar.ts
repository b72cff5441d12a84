import {
  across,
  actionTable,
  noEffect,
  noOwnKeys,
  type ServiceGrammar,
  tlsOnly,
} from '../../posture/policy/grammar.ts';

/**
 * Secrets Manager in resource policies (Service Authorization Reference as of 2026-09-26; replicas in other accounts
 * from botocore 1.44.8; read 2026-11-28). BatchGetSecretValue needs GetSecretValue on each secret.
 */
export const secretsManagerGrammar: ServiceGrammar = {
  service: 'secretsmanager',
  actions: actionTable(
    [across('read'), 'GetSecretValue'],
    [
      across('write'),
      `AcceptCrossAccountReplication CancelRotateSecret PutSecretValue RotateSecret UpdateSecret
       UpdateSecretVersionStage`,
    ],
    [across('read_metadata'), 'DescribeSecret GetResourcePolicy ListResourcePolicies ListSecretVersionIds'],
    [
      across('administer'),
      `AssociateCrossAccountReplica DeleteResourcePolicy DeleteSecret DisassociateCrossAccountReplica
       PutResourcePolicy RemoveRegionsFromReplication ReplicateSecretToRegions RestoreSecret
       StopReplicationToReplica TagResource UntagResource ValidateResourcePolicy`,
    ],
    [noEffect, 'BatchGetSecretValue CreateSecret GetRandomPassword ListSecrets'],
  ),
  ...noOwnKeys,
  callerChoice: ['secretsmanager:versionid', 'secretsmanager:versionstage'],
  requestKeys: tlsOnly,
  anonymous: false,
};
