import { pageSize, text } from '../protocol/input.ts';
import { jsonWire } from '../protocol/json.ts';
import type { Output } from '../protocol/wire.ts';
import { ResourceKind } from '../resource-kind.ts';
import type { Call, Service } from '../service.ts';

interface SimDeliveryStream {
  name: string;
  /** `DirectPut`, `KinesisStreamAsSource`, … */
  type: string;
  /** ARN of the Kinesis stream that it reads. */
  source?: string;
  status: string;
  keyType?: string;
  keyArn?: string;
}

/** By default records are put into it, and not encrypted; `keyArn`: encrypted with that key. */
export const deliveryStreams = new ResourceKind<SimDeliveryStream>({
  arn: 'firehose:deliverystream/*',
  namedBy: ['DeliveryStreamName'],
  complete: (given) => ({
    type: given.source === undefined ? 'DirectPut' : 'KinesisStreamAsSource',
    status: given.keyArn === undefined && given.keyType === undefined ? 'DISABLED' : 'ENABLED',
    ...(given.keyArn && { keyType: 'CUSTOMER_MANAGED_CMK' }),
    ...given,
  }),
  missing: (name) => [400, 'ResourceNotFoundException', `Firehose ${name} not found.`],
});

/** Amazon Data Firehose. */
export const firehose: Service = {
  name: 'firehose',
  wire: jsonWire({ target: 'Firehose_20150804', version: '1.1' }),
  // "Quota" of its developer guide, read 2026-11-29.
  callsPerSecond: { ListDeliveryStreams: 5, DescribeDeliveryStream: 5 },
  operations: {
    ListDeliveryStreams: {
      paging: { size: 'Limit', token: 'ExclusiveStartDeliveryStreamName', more: 'HasMoreDeliveryStreams' },
      run: listDeliveryStreams,
    },
    DescribeDeliveryStream: deliveryStreams.detail(
      ({ name, arn, type, source, status, keyType, keyArn }) => ({
        DeliveryStreamDescription: {
          DeliveryStreamName: name,
          DeliveryStreamARN: arn,
          DeliveryStreamStatus: 'ACTIVE',
          DeliveryStreamType: type,
          VersionId: '1',
          Destinations: [],
          HasMoreDestinations: false,
          ...(type === 'DirectPut' && {
            DeliveryStreamEncryptionConfiguration: { Status: status, KeyType: keyType, KeyARN: keyArn },
          }),
          ...(source && { Source: { KinesisStreamSourceDescription: { KinesisStreamARN: source } } }),
        },
      }),
    ),
  },
};

/** Names behind that of the last one of the page before; the answer has no marker. */
function listDeliveryStreams({ account, region, input }: Call): Output {
  const limit = pageSize(input, 'Limit', { max: 10_000, default: 10 });
  const after = text(input, 'ExclusiveStartDeliveryStreamName') ?? '';
  const names = [...deliveryStreams.in(account, region).keys()].filter((name) => name > after).sort();
  return { DeliveryStreamNames: names.slice(0, limit), HasMoreDeliveryStreams: names.length > limit };
}
