import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { encryptionByTypeAndKey } from '../encryption-by-type.ts';
import { noPolicyGrammar } from '../no-policy-grammar.ts';
import type { SortRules } from '../sort-rules.ts';
import type { DeliveryStream } from './calls.ts';

/**
 * Firehose streams. A customer key is used by a grant that Firehose makes when it is set (StartDeliveryStreamEncryption);
 * with a key that is disabled or gone "an attempt to put records" fails (InvalidKMSResourceException of PutRecord;
 * both Firehose API reference, read 2026-11-29). There is no AWS managed key, and no policy of a stream.
 */
export const firehoseRules = {
  service: 'firehose',
  byDefault: false,
  title: 'Amazon Data Firehose streams',
  resourceTypes: { delivery_stream: 'of Firehose: where it reads a Kinesis stream, by the key of that' },
  // "Up to five invocations per second, which is a hard limit" for each of the first two (Firehose developer guide,
  // "Amazon Data Firehose Quota", read 2026-11-29); of the third as in Kinesis' own rules.
  calls: {
    'firehose:ListDeliveryStreams': 5,
    'firehose:DescribeDeliveryStream': 5,
    'kinesis:DescribeStreamSummary': 20,
  },
  sharedBy: 'nothing',
  coveredByRcps: true,
  whenKeyIsLost: 'at_once',
  viaService: 'firehose',
  // `AWS_OWNED_CMK` is the default.
  defaultAlias: null,
  checkedAgainst: 'service',
  grammar: noPolicyGrammar('firehose'),
  operations: [],
  // Nobody else's use of the key is judged.
  encryptionContext: () => ({}),
  caveat: 'the keys of where it delivers to are those of the destinations',
} as const satisfies SortRules;

/** A customer key always has its ARN. */
const byKeyType = encryptionByTypeAndKey({ AWS_OWNED_CMK: 'aws_owned', CUSTOMER_MANAGED_CMK: 'kms' });

/**
 * Of a stream that keeps records itself: "You can enable SSE for a Firehose stream only if it's a Firehose stream
 * that uses DirectPut as its source". On the way from one setting to another, and after a failure, the word alone does
 * not tell which key is in use, or whether one is (StartDeliveryStreamEncryption, Firehose API reference, read
 * 2026-11-29). What becomes of records from other sources, no page says, but for Kinesis streams.
 */
export function deliveryEncryption({
  type,
  encryption,
}: Pick<DeliveryStream, 'type' | 'encryption'>): ResourceEncryption {
  if (type !== 'DirectPut' || encryption === null)
    return { state: 'unknown', key: encryption?.keyArn ?? null };
  const { status, keyType, keyArn } = encryption;
  if (status === 'DISABLED') return { state: 'none', key: null };
  if (status !== 'ENABLED') return { state: 'unknown', key: keyArn };
  return byKeyType(keyType, keyArn);
}
