import {
  type ActionRule,
  actionTable,
  noEffect,
  type ServiceGrammar,
  tlsOnly,
} from '../../posture/policy/grammar.ts';

const on = (access: ActionRule['access']): ActionRule => ({ access, acrossAccounts: true, on: 'resource' });

/**
 * Secrets Manager in resource policies (Service Authorization Reference as of 2026-09-26; replicas in other accounts
 * from botocore 1.44.8; read 2026-11-28). BatchGetSecretValue needs GetSecretValue on each secret.
 */
export const secretsManagerGrammar: ServiceGrammar = {
  service: 'secretsmanager',
  actions: actionTable(
    [on('read'), 'GetSecretValue'],
    [
      on('write'),
      `AcceptCrossAccountReplication CancelRotateSecret PutSecretValue RotateSecret UpdateSecret
       UpdateSecretVersionStage`,
    ],
    [on('read_metadata'), 'DescribeSecret GetResourcePolicy ListResourcePolicies ListSecretVersionIds'],
    [
      on('administer'),
      `AssociateCrossAccountReplica DeleteResourcePolicy DeleteSecret DisassociateCrossAccountReplica
       PutResourcePolicy RemoveRegionsFromReplication ReplicateSecretToRegions RestoreSecret
       StopReplicationToReplica TagResource UntagResource ValidateResourcePolicy`,
    ],
    [noEffect, 'BatchGetSecretValue CreateSecret GetRandomPassword ListSecrets'],
  ),
  accountKeys: [],
  viaServiceKeys: [],
  delegationKeys: { account: [], arn: [] },
  callerChoice: ['secretsmanager:versionid', 'secretsmanager:versionstage'],
  requestKeys: tlsOnly,
  anonymous: false,
};
