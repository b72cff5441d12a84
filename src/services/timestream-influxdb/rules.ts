import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { noPolicyGrammar } from '../no-policy-grammar.ts';
import type { SortRules } from '../sort-rules.ts';

/**
 * Databases of Timestream for InfluxDB, whose key is chosen when one is made: of InfluxDB 2 for its EBS volumes, of InfluxDB
 * 3 for its objects in S3. The service uses the key by grants ("Encrypting resources with customer managed keys" of the
 * Timestream developer guide, for either, read 2026-11-30).
 */
const influx = {
  service: 'timestream-influxdb',
  byDefault: false,
  sharedBy: 'nothing',
  coveredByRcps: true,
  viaService: 'timestream-influxdb',
  // Without a key of the customer's it is one that AWS owns.
  defaultAlias: null,
  checkedAgainst: 'service',
  grammar: noPolicyGrammar('timestream-influxdb'),
  operations: [],
  // Nobody else's use of the key is judged.
  encryptionContext: () => ({}),
  caveat: 'keys of its backups are not read',
} as const;

export const influxInstanceRules = {
  ...influx,
  title: 'DB instances of Amazon Timestream for InfluxDB',
  resourceTypes: { influxdb_instance: null },
  calls: { 'timestream-influxdb:ListDbInstances': null, 'timestream-influxdb:GetDbInstance': null },
  whenKeyIsLost: 'not_known',
} as const satisfies SortRules;

export const influxClusterRules = {
  ...influx,
  title: 'DB clusters of Amazon Timestream for InfluxDB',
  resourceTypes: { influxdb_cluster: null },
  calls: { 'timestream-influxdb:ListDbClusters': null, 'timestream-influxdb:GetDbCluster': null },
  // "Key revocation and deletion" of that page for InfluxDB 3.
  whenKeyIsLost: {
    key_disabled: {
      breaks: 'at_once',
      recoverableDays: null,
      why: 'A cluster of InfluxDB 3 becomes unavailable, and recovers when the key is enabled again.',
    },
    key_deleted: 'at_once',
  },
} as const satisfies SortRules;

/**
 * "If no customer managed key was specified, the `kmsKeyId` field is not present in the response, indicating that the cluster
 * uses the default AWS owned key" (the same page).
 * @param key its ARN; null: none is named
 * @param cluster the id of the cluster that it is a part of; null: of none. Whether AWS names the key of a cluster with each
 * of its instances is not said: a part without a key is not known to be under AWS's own.
 */
export function databaseEncryption(key: string | null, cluster: string | null): ResourceEncryption {
  if (key !== null) return { state: 'kms', key };
  return { state: cluster === null ? 'aws_owned' : 'unknown', key };
}
