import { type ActionRule, type ServiceGrammar, tlsOnly } from '../policy/grammar.ts';

const on = (access: ActionRule['access']): ActionRule => ({ access, acrossAccounts: true, on: 'resource' });

/** Secrets Manager in resource policies (Service Authorization Reference, read 2026-11-24). */
export const secretsManagerGrammar: ServiceGrammar = {
  service: 'secretsmanager',
  actions: {
    GetSecretValue: on('read'),
    PutSecretValue: on('write'),
    UpdateSecret: on('write'),
    UpdateSecretVersionStage: on('write'),
    RotateSecret: on('write'),
    CancelRotateSecret: on('write'),
    DescribeSecret: on('read_metadata'),
    GetResourcePolicy: on('read_metadata'),
    ListSecretVersionIds: on('read_metadata'),
    DeleteResourcePolicy: on('administer'),
    DeleteSecret: on('administer'),
    PutResourcePolicy: on('administer'),
    RemoveRegionsFromReplication: on('administer'),
    ReplicateSecretToRegions: on('administer'),
    RestoreSecret: on('administer'),
    StopReplicationToReplica: on('administer'),
    TagResource: on('administer'),
    UntagResource: on('administer'),
    ValidateResourcePolicy: on('administer'),
  },
  accountKeys: [],
  viaServiceKeys: [],
  delegationKeys: { account: [], arn: [] },
  callerChoice: ['secretsmanager:versionid', 'secretsmanager:versionstage'],
  requestKeys: tlsOnly,
  anonymous: false,
};
