import { failure } from '../failures.ts';
import { pageOfArray } from '../paging.ts';
import { integer, pageSize, text } from '../protocol/input.ts';
import { jsonWire } from '../protocol/json.ts';
import type { Output } from '../protocol/wire.ts';
import { ResourceKind, type Shared } from '../resource-kind.ts';
import type { Call, Service } from '../service.ts';

export interface SimQueue extends Shared {
  name: string;
  /** As its owner wrote it; undefined: no KMS key. */
  kmsMasterKeyId?: string | undefined;
  /** SSE-SQS, with a key that AWS owns. */
  sqsManagedSseEnabled: boolean;
}

export const queues = new ResourceKind<SimQueue>({
  arn: 'sqs:*',
  namedBy: ['QueueUrl'],
  // As CreateQueue leaves it today.
  complete: (given) => ({
    sqsManagedSseEnabled: given.kmsMasterKeyId === undefined,
    policy: null,
    ...given,
  }),
  missing: () => [400, 'com.amazonaws.sqs#QueueDoesNotExist', 'The specified queue does not exist.'],
});

/** Amazon SQS: what is known of queues, never their messages. */
export const sqs: Service = {
  name: 'sqs',
  wire: jsonWire({ target: 'AmazonSQS', version: '1.0' }),
  failures: {
    throttled: [403, 'RequestThrottled', 'Rate exceeded'],
    access_denied: [403, 'AccessDenied', 'User is not authorized to perform this operation'],
  },
  operations: {
    ListQueues: { paging: { size: 'MaxResults', token: 'NextToken' }, run: listQueues },
    GetQueueAttributes: queues.detail(({ arn, policy, kmsMasterKeyId, sqsManagedSseEnabled }) => ({
      Attributes: {
        QueueArn: arn,
        SqsManagedSseEnabled: String(sqsManagedSseEnabled),
        KmsMasterKeyId: kmsMasterKeyId,
        Policy: policy ?? undefined,
      },
    })),
  },
};

const most = 1000;

/** Without MaxResults AWS answers 1,000 queues at most and no token. */
function listQueues({ account, region, input }: Call): Output {
  const place = `https://sqs.${region}.amazonaws.com/${account.id}`;
  const all = [...queues.in(account, region).keys()].map((name) => `${place}/${name}`);
  if (integer(input, 'MaxResults') === undefined) return { QueueUrls: all.slice(0, most) };
  const page = pageOfArray(all, {
    marker: text(input, 'NextToken'),
    limit: pageSize(input, 'MaxResults', { max: most, default: most }),
    invalid: () => failure(sqs, 'invalid_input', 'The NextToken is invalid'),
  });
  return { QueueUrls: page.items, NextToken: page.next };
}
