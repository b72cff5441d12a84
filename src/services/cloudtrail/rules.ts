import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { byCaller, oneOf, reading } from '../../posture/resource/rules.ts';
import { noPolicyGrammar } from '../no-policy-grammar.ts';
import type { SortRules } from '../sort-rules.ts';
import { cloudTrailGrammar } from './grammar.ts';

/** "Quotas in AWS CloudTrail", read 2026-11-29: "Get, describe, and list APIs", 10 a second. */
const perSecond = 10;

const cloudTrail = {
  service: 'cloudtrail',
  byDefault: true,
  // Of the list of services, only `cloudtrail-data` is of CloudTrail, which is about other resources.
  coveredByRcps: false,
  viaService: 'cloudtrail',
  // A trail or store under KMS always names its key.
  defaultAlias: null,
  // Its policy must admit cloudtrail.amazonaws.com, and whoever reads.
  checkedAgainst: 'both',
} as const;

/**
 * Trails, each in its home region: the key that CloudTrail encrypts log and digest files with. While the key is
 * disabled or its policy does not admit CloudTrail, it "cannot deliver logs", and delivered ones cannot be read
 * ("Configure AWS KMS key policies for CloudTrail" of its user guide, read 2026-11-29). The key must be where the
 * bucket is (KmsKeyNotFoundException, @aws-sdk/client-cloudtrail 3.1137.0, read 2026-11-29).
 */
export const trailRules = {
  ...cloudTrail,
  title: 'Trails of AWS CloudTrail',
  resourceTypes: { trail: 'in its home region, and in the account that made it' },
  calls: { 'cloudtrail:DescribeTrails': perSecond },
  sharedBy: 'nothing',
  whenKeyIsLost: 'at_once',
  grammar: noPolicyGrammar('cloudtrail'),
  operations: [],
  encryptionContext: (arn) => ({ 'aws:cloudtrail:arn': arn, 'aws:s3:arn': '*' }),
  caveat:
    'who reads its log files is told by their bucket, and what it gives on to CloudWatch Logs is not read',
} as const satisfies SortRules;

/**
 * Event data stores of CloudTrail Lake. Whoever runs queries or gets their results needs the key as well as CloudTrail
 * (the same page). Losing the key "prevents CloudTrail from logging events to the event data store, and prevents users
 * from querying" (UpdateEventDataStore, API reference, read 2026-11-29).
 */
export const eventDataStoreRules = {
  ...cloudTrail,
  title: 'Event data stores of AWS CloudTrail Lake',
  resourceTypes: { event_data_store: 'in the account that made it' },
  calls: {
    'cloudtrail:ListEventDataStores': perSecond,
    'cloudtrail:GetEventDataStore': perSecond,
    'cloudtrail:GetResourcePolicy': perSecond,
  },
  encryptionCalls: ['cloudtrail:GetEventDataStore'],
  sharedBy: 'policy',
  whenKeyIsLost: 'at_once',
  grammar: cloudTrailGrammar,
  operations: [
    reading(
      'query',
      [
        ...oneOf('cloudtrail', 'StartQuery'),
        ...oneOf('cloudtrail', 'GetQueryResults GenerateQueryResultsSummary'),
      ],
      byCaller('kms:Decrypt', 'kms:GenerateDataKey'),
    ),
    reading(
      'read by federation',
      oneOf('cloudtrail', 'GetEventDataStoreData'),
      byCaller('kms:Decrypt', 'kms:GenerateDataKey'),
    ),
  ],
  // Which one it sends, AWS does not say: a policy may ask for what a trail's has.
  encryptionContext: (arn) => ({ 'aws:cloudtrail:arn': arn, 'aws:s3:arn': '*' }),
  caveat: 'whom Lake Formation lets in to a federated store is not read, nor the policies of channels',
} as const satisfies SortRules;

/**
 * Without a key, log files are under SSE-S3 ("By default, the log files delivered by CloudTrail to your bucket are
 * encrypted by … SSE-S3") and event data stores under a key of CloudTrail ("By default, all events in an event data
 * store are encrypted by CloudTrail"; both of its user guide, read 2026-11-29).
 */
export const byKeyOfCloudTrail = (kmsKeyId: string | null): ResourceEncryption => ({
  state: kmsKeyId === null ? 'aws_owned' : 'kms',
  key: kmsKeyId,
});
