import { restJsonWire } from '../protocol/rest-json.ts';
import { refuse } from '../protocol/wire.ts';
import { ResourceKind, type Shared } from '../resource-kind.ts';
import type { Service } from '../service.ts';

export const fileSystems = new ResourceKind<Shared & { id: string; encrypted: boolean; kmsKeyId?: string }>({
  arn: 'elasticfilesystem:file-system/*',
  namedBy: ['FileSystemId'],
  complete: (given) => ({ policy: null, encrypted: given.kmsKeyId !== undefined, ...given }),
  missing: (id) => [404, 'FileSystemNotFound', `File system '${id}' does not exist.`],
});

/** Amazon EFS: what is known of file systems. */
export const efs: Service = {
  name: 'elasticfilesystem',
  wire: restJsonWire({
    DescribeFileSystems: 'GET /2015-02-01/file-systems',
    DescribeFileSystemPolicy: 'GET /2015-02-01/file-systems/{FileSystemId}/policy',
  }),
  failures: { invalid_input: [400, 'BadRequest', 'A value is not valid.'] },
  operations: {
    DescribeFileSystems: fileSystems.list({
      entries: 'FileSystems',
      paging: { size: 'MaxItems', answers: 100, token: 'Marker', next: 'NextMarker' },
      entry: ({ id, arn, encrypted, kmsKeyId }, { account }) => ({
        FileSystemId: id,
        FileSystemArn: arn,
        OwnerId: account.id,
        Encrypted: encrypted,
        KmsKeyId: kmsKeyId,
      }),
    }),
    DescribeFileSystemPolicy: fileSystems.detail(({ id, policy }) => ({
      FileSystemId: id,
      Policy: policy ?? refuse(404, 'PolicyNotFound', 'No policy was found.'),
    })),
  },
};
