import type { Fields } from '../../aws/answer.ts';
import { awsJson } from '../../aws/json-protocols.ts';
import { listedService } from '../listed-service.ts';
import {
  dmsEncryption,
  dmsEndpointRules,
  replicationConfigRules,
  replicationInstanceRules,
} from './rules.ts';

export const dmsEndpoint = {
  prefix: 'dms',
  serviceId: 'Database Migration Service',
  fipsAnyway: ['aws-us-gov', 'aws-iso', 'aws-iso-b'],
};

const api = { endpoint: dmsEndpoint, protocol: awsJson('1.1', 'AmazonDMSv20160101') };

const paging = {
  // Most that AWS gives in one page (@aws-sdk/client-database-migration-service 3.1124.0, read 2026-11-30).
  input: (Marker: string | undefined) => ({ MaxRecords: 100, Marker }),
  next: 'Marker',
};
const keyIn = (item: Fields): string | null => item.text('KmsKeyId') || null;

export const replicationInstances = listedService({
  ...api,
  rules: replicationInstanceRules,
  resourceType: 'replication_instance',
  list: {
    ...paging,
    operation: 'dms:DescribeReplicationInstances',
    items: 'ReplicationInstances',
    arn: (instance) => instance.requiredText('ReplicationInstanceArn'),
  },
  encryption: (instance) => dmsEncryption(keyIn(instance)),
});

export const replicationConfigs = listedService({
  ...api,
  rules: replicationConfigRules,
  resourceType: 'replication_config',
  list: {
    ...paging,
    operation: 'dms:DescribeReplicationConfigs',
    items: 'ReplicationConfigs',
    arn: (config) => config.requiredText('ReplicationConfigArn'),
  },
  encryption: (config) => dmsEncryption(keyIn(config.requiredObject('ComputeConfig'))),
});

/** The key by which an endpoint writes to S3, as its target or on the way to Redshift. */
function writtenUnder(endpoint: Fields, settings: string): string | null {
  const written = endpoint.object(settings);
  if (written?.text('EncryptionMode')?.toUpperCase().replaceAll('-', '_') !== 'SSE_KMS') return null;
  return written.text('ServerSideEncryptionKmsKeyId') || null;
}

export const dmsEndpoints = listedService({
  ...api,
  rules: dmsEndpointRules,
  resourceType: 'replication_endpoint',
  list: {
    ...paging,
    operation: 'dms:DescribeEndpoints',
    items: 'Endpoints',
    arn: (endpoint) => endpoint.requiredText('EndpointArn'),
  },
  encryption: (endpoint) =>
    dmsEncryption(keyIn(endpoint), [
      writtenUnder(endpoint, 'S3Settings'),
      writtenUnder(endpoint, 'RedshiftSettings'),
    ]),
});
