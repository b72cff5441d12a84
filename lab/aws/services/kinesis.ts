import { jsonWire } from '../protocol/json.ts';
import { ResourceKind, type Shared } from '../resource-kind.ts';
import type { Service } from '../service.ts';

/** Without `keyId` a stream is not encrypted with KMS. */
export const streams = new ResourceKind<Shared & { name: string; keyId?: string }>({
  arn: 'kinesis:stream/*',
  namedBy: ['StreamName', 'StreamARN', 'ResourceARN'],
  complete: (given) => ({ policy: null, ...given }),
  missing: (name) => [400, 'ResourceNotFoundException', `Stream ${name} not found.`],
});

/** Amazon Kinesis Data Streams. */
export const kinesis: Service = {
  name: 'kinesis',
  wire: jsonWire({ target: 'Kinesis_20131202', version: '1.1' }),
  failures: { throttled: [400, 'LimitExceededException', 'Rate exceeded for account.'] },
  // API reference of both operations, read 2026-11-29.
  callsPerSecond: { ListStreams: 5, DescribeStreamSummary: 20 },
  operations: {
    ListStreams: streams.list({
      entries: 'StreamSummaries',
      names: 'StreamNames',
      paging: { size: 'Limit', max: 10_000, answers: 100, token: 'NextToken', more: 'HasMoreStreams' },
      entry: summary,
    }),
    DescribeStreamSummary: streams.detail(({ keyId, ...stream }) => {
      const encryption = { EncryptionType: keyId === undefined ? 'NONE' : 'KMS', KeyId: keyId };
      return { StreamDescriptionSummary: { ...summary(stream), ...encryption } };
    }),
    // None is an empty document (moto 5.2.5, MiniStack 1.5.33 and LocalStack agree, read 2026-11-29).
    GetResourcePolicy: streams.detail(({ policy }) => ({ Policy: policy ?? '{}' })),
  },
};

function summary({ name, arn }: { name: string; arn: string }) {
  return { StreamName: name, StreamARN: arn, StreamStatus: 'ACTIVE' };
}
