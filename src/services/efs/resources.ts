import { restJson } from '../../aws/json-protocols.ts';
import { listedService } from '../listed-service.ts';
import { efsRules, fileSystemEncryption } from './rules.ts';

const fileSystems = ['2015-02-01', 'file-systems'];

export const efsEndpoint = {
  prefix: 'elasticfilesystem',
  serviceId: 'EFS',
  dualStack: { prefix: 'efs', partitions: ['aws', 'aws-cn', 'aws-us-gov'] },
};

export const efs = listedService({
  rules: efsRules,
  endpoint: efsEndpoint,
  protocol: restJson,
  resourceType: 'file_system',
  list: {
    operation: 'elasticfilesystem:DescribeFileSystems',
    // Most that AWS gives in one page (EFS API reference, 2026-10-01).
    input: (Marker) => ({ path: fileSystems, query: { MaxItems: '100', Marker } }),
    items: 'FileSystems',
    next: 'NextMarker',
    arn: (fileSystem) => fileSystem.requiredText('FileSystemArn'),
  },
  encryption: (fileSystem) =>
    fileSystemEncryption({
      encrypted: fileSystem.boolean('Encrypted'),
      kmsKeyId: fileSystem.text('KmsKeyId') || null,
    }),
  policy: {
    operation: 'elasticfilesystem:DescribeFileSystemPolicy',
    input: (fileSystem) => ({ path: [...fileSystems, fileSystem.requiredText('FileSystemId'), 'policy'] }),
    text: 'Policy',
    none: 'PolicyNotFound',
  },
});
