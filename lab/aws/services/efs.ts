import { regionOf } from '../build.ts';
import { pageOfArray } from '../paging.ts';
import { pageSize, requiredText, text } from '../protocol/input.ts';
import { restJsonWire } from '../protocol/rest-json.ts';
import { ApiError, type Output } from '../protocol/wire.ts';
import type { Call, Service } from '../service.ts';

/** Amazon EFS: what is known of file systems. */
export const efs: Service = {
  name: 'elasticfilesystem',
  wire: restJsonWire({
    DescribeFileSystems: 'GET /2015-02-01/file-systems',
    DescribeFileSystemPolicy: 'GET /2015-02-01/file-systems/{FileSystemId}/policy',
  }),
  operations: {
    DescribeFileSystems: {
      paging: { size: 'MaxItems', token: 'Marker', next: 'NextMarker' },
      run: describeFileSystems,
    },
    DescribeFileSystemPolicy: { run: describeFileSystemPolicy },
  },
  resourceOf: (input) => text(input, 'FileSystemId'),
};

function describeFileSystems(call: Call): Output {
  const page = pageOfArray([...regionOf(call.account, call.region).fileSystems.values()], {
    marker: text(call.input, 'Marker'),
    limit: pageSize(call.input, 'MaxItems', { max: 100, default: 100 }),
    invalid: () => new ApiError(400, 'BadRequest', 'Invalid Marker'),
  });
  const { partition } = call.world.organization;
  const FileSystems = page.items.map(({ id, encrypted, kmsKeyId }) => ({
    FileSystemId: id,
    FileSystemArn: `arn:${partition}:elasticfilesystem:${call.region}:${call.account.id}:file-system/${id}`,
    OwnerId: call.account.id,
    Encrypted: encrypted,
    KmsKeyId: kmsKeyId,
  }));
  return { FileSystems, NextMarker: page.next };
}

function describeFileSystemPolicy(call: Call): Output {
  const FileSystemId = requiredText(call.input, 'FileSystemId');
  const fileSystem = regionOf(call.account, call.region).fileSystems.get(FileSystemId);
  if (fileSystem === undefined) {
    throw new ApiError(404, 'FileSystemNotFound', `File system '${FileSystemId}' does not exist.`);
  }
  if (fileSystem.policy === null) throw new ApiError(404, 'PolicyNotFound', 'No policy was found.');
  return { FileSystemId, Policy: fileSystem.policy };
}
