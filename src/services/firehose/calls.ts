import { apiCalls } from '../../aws/api-calls.ts';
import { awsJson } from '../../aws/json-protocols.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';

/** DeliveryStreamEncryptionConfiguration. */
export interface ServerSideEncryption {
  /** `ENABLED`, `ENABLING`, `ENABLING_FAILED`, `DISABLED`, `DISABLING`, `DISABLING_FAILED`; null when not answered. */
  readonly status: string | null;
  /** `AWS_OWNED_CMK`, `CUSTOMER_MANAGED_CMK`; null when not answered. */
  readonly keyType: string | null;
  readonly keyArn: string | null;
}

/** A Firehose stream, of what matters here. */
export interface DeliveryStream {
  readonly arn: string;
  /** `DirectPut`, `KinesisStreamAsSource`, `MSKAsSource`, `DatabaseAsSource`. */
  readonly type: string;
  /** Null: AWS tells nothing of it. */
  readonly encryption: ServerSideEncryption | null;
  /** ARN of the Kinesis stream that it reads; null: it reads none. */
  readonly sourceStreamArn: string | null;
}

/** Firehose as seen from one scope; never its records. Rejects with AwsError only. */
export interface FirehoseReads {
  /** Names of streams. */
  names(): AsyncIterable<readonly string[]>;
  deliveryStream(name: string): Promise<DeliveryStream>;
}

export const firehoseApi = {
  signingName: 'firehose',
  endpoint: { prefix: 'firehose', serviceId: 'Firehose' },
  protocol: awsJson('1.1', 'Firehose_20150804'),
};

/** Most that AWS takes; 10 where none is asked (Firehose API reference, read 2026-11-29). */
const Limit = 10_000;

export function firehoseReads(access: ScopeAccess): FirehoseReads {
  const { call, list } = apiCalls(access, firehoseApi);
  return {
    names: () =>
      list(
        'firehose:ListDeliveryStreams',
        (name) => name,
        (ExclusiveStartDeliveryStreamName) => ({ Limit, ExclusiveStartDeliveryStreamName }),
        (answer) => {
          const items = answer.requiredTexts('DeliveryStreamNames');
          // The page after starts behind the last name.
          return { items, next: items.at(-1), truncated: answer.requiredBoolean('HasMoreDeliveryStreams') };
        },
      ),

    deliveryStream: (DeliveryStreamName) =>
      call('firehose:DescribeDeliveryStream', { DeliveryStreamName }, (answer) => {
        const stream = answer.requiredObject('DeliveryStreamDescription');
        const encryption = stream.object('DeliveryStreamEncryptionConfiguration');
        const source = stream.object('Source')?.object('KinesisStreamSourceDescription');
        return {
          arn: stream.requiredText('DeliveryStreamARN'),
          type: stream.requiredText('DeliveryStreamType'),
          encryption: encryption && {
            status: encryption.text('Status'),
            keyType: encryption.text('KeyType'),
            keyArn: encryption.text('KeyARN') || null,
          },
          sourceStreamArn: source?.text('KinesisStreamARN') || null,
        };
      }),
  };
}
