import type { SimKey } from '../model.ts';
import { type KeyOptions, newKey } from './key.ts';
import type { Place } from './material.ts';
import { acmManagedKeyPolicy, awsManagedKeyPolicy } from './policies.ts';
import { applyRotations } from './symmetric.ts';

const descriptions: Readonly<Record<string, string>> = {
  acm: 'Default key that protects my ACM private keys when no other key is defined',
  ebs: 'Default key that protects my EBS volumes when no other key is defined',
  rds: 'Default key that protects my RDS database volumes when no other key is defined',
  s3: 'Default key that protects my S3 objects when no other key is defined',
  secretsmanager: 'Default key that protects my Secrets Manager data when no other key is defined',
};

/** The key behind `alias/aws/<service>`: AWS rotates it every year, and nobody can change it. */
export function awsManagedKey(place: Place, service: string, options: KeyOptions = {}): SimKey {
  const key = newKey(
    place,
    `aws/${service}`,
    { spec: 'SYMMETRIC_DEFAULT', origin: 'AWS_KMS', manager: 'AWS' },
    {
      description:
        descriptions[service] ??
        `Default key that protects my ${service} resources when no other key is defined`,
      policy: service === 'acm' ? acmManagedKeyPolicy(place) : awsManagedKeyPolicy(place, service),
      ...options,
    },
  );
  applyRotations(key, { rotation: true });
  return key;
}

/** The predefined aliases that a new account's region lists before any service made a key. */
export const predefinedAliases = [
  'alias/aws/dynamodb',
  'alias/aws/ebs',
  'alias/aws/elasticfilesystem',
  'alias/aws/es',
  'alias/aws/kinesis',
  'alias/aws/rds',
  'alias/aws/redshift',
  'alias/aws/s3',
  'alias/aws/ssm',
] as const;
