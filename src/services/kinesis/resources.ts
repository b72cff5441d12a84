import { awsJson } from '../../aws/json-protocols.ts';
import { listedService } from '../listed-service.ts';
import { kinesisRules, streamEncryption } from './rules.ts';

export const kinesisEndpoint = { prefix: 'kinesis', serviceId: 'Kinesis', fipsAnyway: ['aws-us-gov'] };

/** As other services ask for streams that they read. */
export const kinesisApi = {
  signingName: 'kinesis',
  endpoint: kinesisEndpoint,
  protocol: awsJson('1.1', 'Kinesis_20131202'),
};

export const kinesis = listedService({
  rules: kinesisRules,
  endpoint: kinesisEndpoint,
  protocol: kinesisApi.protocol,
  resourceType: 'stream',
  list: {
    operation: 'kinesis:ListStreams',
    // Most that AWS gives in one page, whatever is asked (API reference, 2026-11-29).
    input: (NextToken) => ({ Limit: 100, NextToken }),
    items: 'StreamSummaries',
    next: 'NextToken',
    more: 'HasMoreStreams',
    arn: (stream) => stream.requiredText('StreamARN'),
  },
  describe: {
    operation: 'kinesis:DescribeStreamSummary',
    input: (stream) => ({ StreamARN: stream.requiredText('StreamARN') }),
    item: 'StreamDescriptionSummary',
  },
  encryption: (stream) => streamEncryption(stream.text('EncryptionType'), stream.text('KeyId')),
  policy: {
    operation: 'kinesis:GetResourcePolicy',
    input: (stream) => ({ ResourceARN: stream.requiredText('StreamARN') }),
    text: 'Policy',
  },
});
