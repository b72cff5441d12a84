import type { Fields } from '../../aws/answer.ts';
import { awsJson } from '../../aws/json-protocols.ts';
import { listedService } from '../listed-service.ts';
import { fileSystemEncryption, fsxBackupRules, fsxFileSystemRules, mayShareVolumes } from './rules.ts';

export const fsxEndpoint = { prefix: 'fsx', serviceId: 'FSx' };

const api = { endpoint: fsxEndpoint, protocol: awsJson('1.1', 'AWSSimbaAPIService_v20180301') };

/** Pages are as large as AWS makes them: the most that it gives is not documented. */
const paging = {
  input: (NextToken: string | undefined) => ({ NextToken }),
  next: 'NextToken',
  arn: (item: Fields) => item.requiredText('ResourceARN'),
};
const keyOf = (item: Fields): string | null => item.text('KmsKeyId') || null;

export const fsxFileSystems = listedService({
  ...api,
  rules: fsxFileSystemRules,
  resourceType: 'file_system',
  list: { ...paging, operation: 'fsx:DescribeFileSystems', items: 'FileSystems' },
  byRam: (system) => mayShareVolumes(system.text('FileSystemType')),
  encryption: (system) =>
    fileSystemEncryption(keyOf(system), system.object('LustreConfiguration')?.text('DeploymentType') ?? null),
});

export const fsxBackups = listedService({
  ...api,
  rules: fsxBackupRules,
  resourceType: 'file_system_backup',
  list: { ...paging, operation: 'fsx:DescribeBackups', items: 'Backups' },
  encryption: (backup) => fileSystemEncryption(keyOf(backup), null),
});
