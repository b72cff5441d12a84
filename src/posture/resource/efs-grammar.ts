import type { ActionRule, ServiceGrammar } from '../policy/grammar.ts';

const on = (access: ActionRule['access']): ActionRule => ({ access, acrossAccounts: true, on: 'resource' });

/** EFS in file system policies (Service Authorization Reference, read 2026-11-24). */
export const efsGrammar: ServiceGrammar = {
  service: 'elasticfilesystem',
  actions: {
    ClientMount: on('read'),
    ClientRootAccess: on('read'),
    ClientWrite: on('write'),
    DescribeAccessPoints: on('read_metadata'),
    DescribeBackupPolicy: on('read_metadata'),
    DescribeFileSystemPolicy: on('read_metadata'),
    DescribeFileSystems: on('read_metadata'),
    DescribeLifecycleConfiguration: on('read_metadata'),
    DescribeMountTargets: on('read_metadata'),
    DescribeReplicationConfigurations: on('read_metadata'),
    ListTagsForResource: on('read_metadata'),
    Backup: on('administer'),
    CreateAccessPoint: on('administer'),
    CreateMountTarget: on('administer'),
    CreateReplicationConfiguration: on('administer'),
    DeleteFileSystem: on('administer'),
    DeleteFileSystemPolicy: on('administer'),
    DeleteReplicationConfiguration: on('administer'),
    PutBackupPolicy: on('administer'),
    PutFileSystemPolicy: on('administer'),
    PutLifecycleConfiguration: on('administer'),
    ReplicationRead: on('administer'),
    ReplicationWrite: on('administer'),
    Restore: on('administer'),
    TagResource: on('administer'),
    UntagResource: on('administer'),
    UpdateFileSystem: on('administer'),
    UpdateFileSystemProtection: on('administer'),
  },
  accountKeys: [],
  viaServiceKeys: [],
  delegationKeys: { account: [], arn: [] },
  callerChoice: ['aws:securetransport'],
  anonymous: true,
};
