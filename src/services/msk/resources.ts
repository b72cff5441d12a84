import { restJson } from '../../aws/json-protocols.ts';
import { listedService } from '../listed-service.ts';
import { clusterEncryption, mskRules } from './rules.ts';

export const mskEndpoint = {
  prefix: 'kafka',
  serviceId: 'Kafka',
  fipsAnyway: ['aws-us-gov'],
  dualStack: {
    prefix: 'kafka-api',
    partitions: ['aws', 'aws-cn', 'aws-us-gov', 'aws-eusc'],
    partitionsWithFips: ['aws', 'aws-us-gov'],
    fipsAnyway: ['aws-us-gov'],
  },
};

export const msk = listedService({
  rules: mskRules,
  endpoint: mskEndpoint,
  protocol: restJson,
  resourceType: 'cluster',
  list: {
    operation: 'kafka:ListClustersV2',
    // Most that AWS gives in one page (API reference, 2026-11-29).
    input: (nextToken) => ({ path: ['api', 'v2', 'clusters'], query: { maxResults: '100', nextToken } }),
    items: 'clusterInfoList',
    next: 'nextToken',
    arn: (cluster) => cluster.requiredText('clusterArn'),
  },
  encryption: (cluster) =>
    clusterEncryption(
      cluster.text('clusterType'),
      cluster
        .object('provisioned')
        ?.object('encryptionInfo')
        ?.object('encryptionAtRest')
        ?.text('dataVolumeKMSKeyId') ?? null,
    ),
  policy: {
    operation: 'kafka:GetClusterPolicy',
    input: (cluster) => ({ path: ['v1', 'clusters', cluster.requiredText('clusterArn'), 'policy'] }),
    text: 'policy',
    none: 'NotFoundException',
  },
});
