import type { FurtherKey, ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { noPolicyGrammar } from '../no-policy-grammar.ts';
import type { SortRules } from '../sort-rules.ts';

/** "API request refresh rate: 4 requests per second", of all calls together ("Quotas" of the DMS user guide). */
const perSecond = 4;

/**
 * DMS "encrypts the storage used by a replication instance and the endpoint connection information", under `aws/dms` where
 * no key is named, by a grant; "once you have created your AWS DMS resources with the KMS key, you cannot change the
 * encryption key" (DMS user guide, "Setting an encryption key and specifying AWS KMS permissions"). What becomes of them
 * without the key it does not say, and nothing of it is shared with other accounts (both pages as they stand in
 * awsdocs/aws-dms-user-guide, read 2026-11-30).
 */
const dms = {
  service: 'dms',
  byDefault: false,
  sharedBy: 'nothing',
  coveredByRcps: false,
  whenKeyIsLost: 'not_known',
  viaService: 'dms',
  defaultAlias: 'alias/aws/dms',
  checkedAgainst: 'service',
  grammar: noPolicyGrammar('dms'),
  operations: [],
  encryptionContext: () => ({}),
} as const;

export const replicationInstanceRules = {
  ...dms,
  title: 'Replication instances of AWS DMS',
  resourceTypes: { replication_instance: null },
  calls: { 'dms:DescribeReplicationInstances': perSecond },
} as const satisfies SortRules;

export const replicationConfigRules = {
  ...dms,
  title: 'Serverless replications of AWS DMS',
  resourceTypes: { replication_config: null },
  calls: { 'dms:DescribeReplicationConfigs': perSecond },
} as const satisfies SortRules;

export const dmsEndpointRules = {
  ...dms,
  title: 'Endpoints of AWS DMS',
  resourceTypes: {
    replication_endpoint: 'of DMS: how it connects, and what it writes to S3 under a key that it names',
  },
  calls: { 'dms:DescribeEndpoints': perSecond },
  caveat:
    'keys of certificates are not read, since their listing tells the certificates themselves, nor are those of instance profiles',
} as const satisfies SortRules;

/**
 * Absent, "DMS uses your default encryption key" (KmsKeyId of ReplicationInstance, ComputeConfig and Endpoint,
 * @aws-sdk/client-database-migration-service 3.1124.0, read 2026-11-30).
 * @param written keys of what an endpoint writes to S3; null: it names none
 */
export function dmsEncryption(
  key: string | null,
  written: readonly (string | null)[] = [],
): ResourceEncryption {
  const furtherKeys = written.flatMap((one): FurtherKey[] =>
    one === null || one === key ? [] : [{ key: one, associatedKeys: [] }],
  );
  return { state: 'kms', key, ...(furtherKeys.length > 0 && { furtherKeys }) };
}
