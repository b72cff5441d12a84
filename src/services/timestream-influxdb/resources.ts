import { awsJson } from '../../aws/json-protocols.ts';
import { listedService } from '../listed-service.ts';
import { databaseEncryption, influxClusterRules, influxInstanceRules } from './rules.ts';

export const influxEndpoint = { prefix: 'timestream-influxdb', serviceId: 'Timestream InfluxDB' };

const api = { endpoint: influxEndpoint, protocol: awsJson('1.0', 'AmazonTimestreamInfluxDB') };

const paging = {
  // Most that AWS gives in one page ("MaxResults", botocore 1.43.106, read 2026-11-30).
  input: (nextToken: string | undefined) => ({ maxResults: 100, nextToken }),
  items: 'items',
  next: 'nextToken',
};

export const influxInstances = listedService({
  ...api,
  rules: influxInstanceRules,
  resourceType: 'influxdb_instance',
  list: {
    ...paging,
    operation: 'timestream-influxdb:ListDbInstances',
    arn: (instance) => instance.requiredText('arn'),
  },
  describe: {
    operation: 'timestream-influxdb:GetDbInstance',
    input: (instance) => ({ identifier: instance.requiredText('id') }),
    always: 'arn',
  },
  encryption: (instance) =>
    databaseEncryption(instance.text('kmsKeyId') || null, instance.text('dbClusterId') || null),
});

export const influxClusters = listedService({
  ...api,
  rules: influxClusterRules,
  resourceType: 'influxdb_cluster',
  list: {
    ...paging,
    operation: 'timestream-influxdb:ListDbClusters',
    arn: (cluster) => cluster.requiredText('arn'),
  },
  describe: {
    operation: 'timestream-influxdb:GetDbCluster',
    input: (cluster) => ({ dbClusterId: cluster.requiredText('id') }),
    always: 'arn',
  },
  encryption: (cluster) => databaseEncryption(cluster.text('kmsKeyId') || null, null),
});
