import { jsonWire } from '../protocol/json.ts';
import { type Given, ResourceKind } from '../resource-kind.ts';
import type { Service } from '../service.ts';

interface SimFileSystem {
  /** `fs-…` */
  id: string;
  /** `LUSTRE`, `WINDOWS`, `ONTAP`, `OPENZFS`. */
  type: string;
  /** Of Lustre: `SCRATCH_2`, `PERSISTENT_2`, … */
  deployment?: string;
  kmsKeyId?: string;
}

export const fsxFileSystems = new ResourceKind<SimFileSystem>({
  arn: 'fsx:file-system/*',
  namedBy: ['FileSystemId'],
  complete: (given: Given<SimFileSystem>) => ({ type: 'WINDOWS', ...given }),
  missing: (id) => [400, 'FileSystemNotFound', `File system '${id}' does not exist.`],
});
export const fsxBackups = new ResourceKind<{ id: string; kmsKeyId?: string }>({
  arn: 'fsx:backup/*',
  namedBy: ['BackupId'],
  complete: (given) => given,
  missing: (id) => [400, 'BackupNotFound', `Backup '${id}' does not exist.`],
});

const paging = { size: 'MaxResults', answers: 100, max: 2_147_483_647, token: 'NextToken' };

/** Amazon FSx: file systems and their backups. */
export const fsx: Service = {
  name: 'fsx',
  wire: jsonWire({ target: 'AWSSimbaAPIService_v20180301', version: '1.1', messageField: 'Message' }),
  failures: { invalid_input: [400, 'BadRequest', 'The input is not valid'] },
  operations: {
    DescribeFileSystems: fsxFileSystems.list({
      entries: 'FileSystems',
      paging,
      entry: ({ id, arn, type, deployment, kmsKeyId }, { account }) => ({
        OwnerId: account.id,
        FileSystemId: id,
        FileSystemType: type,
        ResourceARN: arn,
        KmsKeyId: kmsKeyId,
        LustreConfiguration: deployment === undefined ? undefined : { DeploymentType: deployment },
      }),
    }),
    DescribeBackups: fsxBackups.list({
      entries: 'Backups',
      paging,
      entry: ({ id, arn, kmsKeyId }, { account }) => ({
        OwnerId: account.id,
        BackupId: id,
        Lifecycle: 'AVAILABLE',
        Type: 'USER_INITIATED',
        ResourceARN: arn,
        KmsKeyId: kmsKeyId,
      }),
    }),
  },
};
