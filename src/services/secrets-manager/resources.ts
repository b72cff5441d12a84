import { awsJson } from '../../aws/json-protocols.ts';
import { listedService } from '../listed-service.ts';
import { replicasOf } from './replicas.ts';
import { secretsManagerRules } from './rules.ts';

export const secretsManagerEndpoint = {
  prefix: 'secretsmanager',
  serviceId: 'Secrets Manager',
  dualStackAnyway: (partition: string, fips: boolean) =>
    partition === 'aws' || partition === 'aws-us-gov' || (partition === 'aws-cn' && !fips),
};

/** Secrets that are not about to be deleted; never a secret's value. */
export const secretsManager = listedService({
  rules: secretsManagerRules,
  endpoint: secretsManagerEndpoint,
  protocol: awsJson('1.1', 'secretsmanager'),
  resourceType: 'secret',
  list: {
    operation: 'secretsmanager:ListSecrets',
    // Most that AWS gives in one page (Secrets Manager API reference, 2026-10-01).
    input: (NextToken) => ({ MaxResults: 100, NextToken }),
    items: 'SecretList',
    next: 'NextToken',
    arn: (secret) => secret.requiredText('ARN'),
  },
  // AWS leaves the field out for `aws/secretsmanager` (API reference).
  encryption: (secret) => ({ state: 'kms', key: secret.text('KmsKeyId') || null }),
  policy: {
    operation: 'secretsmanager:GetResourcePolicy',
    input: (secret) => ({ SecretId: secret.requiredText('ARN') }),
    text: 'ResourcePolicy',
    always: 'ARN',
  },
  replicas: {
    operation: 'secretsmanager:DescribeSecret',
    input: (secret) => ({ SecretId: secret.requiredText('ARN') }),
    read: replicasOf,
  },
});
