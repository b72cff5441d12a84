import { regionOf } from '../build.ts';
import { failure } from '../failures.ts';
import type { SimQueue } from '../model.ts';
import { pageOfArray } from '../paging.ts';
import { integer, pageSize, requiredText, text } from '../protocol/input.ts';
import { jsonWire } from '../protocol/json.ts';
import { ApiError, type Output } from '../protocol/wire.ts';
import type { Call, Service } from '../service.ts';

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
    GetQueueAttributes: { run: getQueueAttributes },
  },
  resourceOf: (input) => text(input, 'QueueUrl')?.split('/').at(-1),
};

const most = 1000;

/** Without MaxResults AWS answers 1,000 queues at most and no token. */
function listQueues(call: Call): Output {
  const all = [...regionOf(call.account, call.region).queues.values()].map((queue) => urlOf(call, queue));
  if (integer(call.input, 'MaxResults') === undefined) return { QueueUrls: all.slice(0, most) };
  const page = pageOfArray(all, {
    marker: text(call.input, 'NextToken'),
    limit: pageSize(call.input, 'MaxResults', { max: most, default: most }),
    invalid: () => failure(sqs, 'invalid_input', 'The NextToken is invalid'),
  });
  return { QueueUrls: page.items, NextToken: page.next };
}

function getQueueAttributes(call: Call): Output {
  const name = requiredText(call.input, 'QueueUrl').split('/').at(-1) ?? '';
  const queue = regionOf(call.account, call.region).queues.get(name);
  if (queue === undefined) {
    throw new ApiError(400, 'com.amazonaws.sqs#QueueDoesNotExist', 'The specified queue does not exist.');
  }
  const { partition } = call.world.organization;
  return {
    Attributes: {
      QueueArn: `arn:${partition}:sqs:${call.region}:${call.account.id}:${name}`,
      SqsManagedSseEnabled: String(queue.sqsManagedSseEnabled),
      KmsMasterKeyId: queue.kmsMasterKeyId,
      Policy: queue.policy ?? undefined,
    },
  };
}

function urlOf({ account, region }: Call, { name }: SimQueue): string {
  return `https://sqs.${region}.amazonaws.com/${account.id}/${name}`;
}
