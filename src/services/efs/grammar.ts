import { type ActionRule, actionTable, noEffect, type ServiceGrammar } from '../../posture/policy/grammar.ts';

const on = (access: ActionRule['access']): ActionRule => ({ access, acrossAccounts: true, on: 'resource' });

/** EFS in file system policies (Service Authorization Reference as of 2026-09-26, read 2026-11-28). */
export const efsGrammar: ServiceGrammar = {
  service: 'elasticfilesystem',
  actions: actionTable(
    [on('read'), 'ClientMount ClientRootAccess'],
    [on('write'), 'ClientWrite'],
    [
      on('read_metadata'),
      `DescribeAccessPoints DescribeBackupPolicy DescribeFileSystemPolicy DescribeFileSystems
       DescribeLifecycleConfiguration DescribeMountTargets DescribeMountTargetSecurityGroups
       DescribeReplicationConfigurations DescribeTags ListTagsForResource`,
    ],
    [
      on('administer'),
      `Backup CreateAccessPoint CreateMountTarget CreateReplicationConfiguration CreateTags DeleteFileSystem
       DeleteFileSystemPolicy DeleteMountTarget DeleteReplicationConfiguration DeleteTags
       ModifyMountTargetSecurityGroups PutBackupPolicy PutFileSystemPolicy PutLifecycleConfiguration
       ReplicationRead ReplicationWrite Restore TagResource UntagResource UpdateFileSystem
       UpdateFileSystemProtection`,
    ],
    // Of the account, or of an access point.
    [noEffect, 'CreateFileSystem DeleteAccessPoint DescribeAccountPreferences PutAccountPreferences'],
  ),
  accountKeys: [],
  viaServiceKeys: [],
  delegationKeys: { account: [], arn: [] },
  callerChoice: ['aws:securetransport'],
  anonymous: true,
};
