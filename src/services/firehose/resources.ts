import { apiCalls } from '../../aws/api-calls.ts';
import { type Fact, known, readFact } from '../../aws/fact.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';
import { isElsewhere } from '../../aws/strays.ts';
import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { kinesisApi } from '../kinesis/resources.ts';
import { streamEncryption } from '../kinesis/rules.ts';
import type { ResourceService } from '../service.ts';
import { notShareable } from '../sharing.ts';
import { type DeliveryStream, firehoseReads } from './calls.ts';
import { deliveryEncryption, firehoseRules } from './rules.ts';

export const firehose: ResourceService = {
  rules: firehoseRules,

  async *list(access, scope) {
    const reads = firehoseReads(access);
    const prefix = `arn:${scope.partition}:firehose:${scope.region}:${scope.accountId}:deliverystream/`;
    for await (const names of reads.names()) {
      yield names.map((name) => async () => {
        const stream = await readFact(reads.deliveryStream(name));
        if (stream.state === 'unread' && stream.error.reason === 'not_found') return null;
        const isKnown = stream.state === 'known';
        return {
          scope,
          resourceType: 'delivery_stream',
          arn: isKnown ? stream.value.arn : prefix + name,
          encryption: isKnown ? await encryptionOf(stream.value, access) : stream,
          sharing: notShareable,
        };
      });
    }
  },
};

/**
 * With a Kinesis stream as the source the data is stored there: Firehose "buffers the data in memory" and delivers it
 * "without storing the unencrypted data at rest" (Firehose developer guide, "Data protection", read 2026-11-29). A
 * stream of another account or region is not asked.
 */
async function encryptionOf(stream: DeliveryStream, access: ScopeAccess): Promise<Fact<ResourceEncryption>> {
  const { type, sourceStreamArn: StreamARN } = stream;
  if (type !== 'KinesisStreamAsSource') return known(deliveryEncryption(stream));
  if (StreamARN === null || isElsewhere(StreamARN, access)) return known({ state: 'unknown', key: null });
  const { call } = apiCalls(access, kinesisApi);
  return readFact(
    call('kinesis:DescribeStreamSummary', { StreamARN }, (answer) => {
      const source = answer.requiredObject('StreamDescriptionSummary');
      return streamEncryption(source.text('EncryptionType'), source.text('KeyId'));
    }),
  );
}
