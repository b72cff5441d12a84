import {
  across,
  actionTable,
  noEffect,
  noOwnKeys,
  type ServiceGrammar,
} from '../../posture/policy/grammar.ts';

/** EFS in file system policies (Service Authorization Reference as of 2026-09-26, read 2026-11-28). */
export const efsGrammar: ServiceGrammar = {
  service: 'elasticfilesystem',
  actions: actionTable(
    [across('read'), 'ClientMount ClientRootAccess'],
    [across('write'), 'ClientWrite'],
    [
      across('read_metadata'),
      `DescribeAccessPoints DescribeBackupPolicy DescribeFileSystemPolicy DescribeFileSystems
       DescribeLifecycleConfiguration DescribeMountTargets DescribeMountTargetSecurityGroups
       DescribeReplicationConfigurations DescribeTags ListTagsForResource`,
    ],
    [
      across('administer'),
      `Backup CreateAccessPoint CreateMountTarget CreateReplicationConfiguration CreateTags DeleteFileSystem
       DeleteFileSystemPolicy DeleteMountTarget DeleteReplicationConfiguration DeleteTags
       ModifyMountTargetSecurityGroups PutBackupPolicy PutFileSystemPolicy PutLifecycleConfiguration
       ReplicationRead ReplicationWrite Restore TagResource UntagResource UpdateFileSystem
       UpdateFileSystemProtection`,
    ],
    // Of the account, or of an access point.
    [noEffect, 'CreateFileSystem DeleteAccessPoint DescribeAccountPreferences PutAccountPreferences'],
  ),
  ...noOwnKeys,
  callerChoice: ['aws:securetransport'],
  anonymous: true,
};
