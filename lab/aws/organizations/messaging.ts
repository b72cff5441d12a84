import { regionOf } from '../build.ts';
import type { SimAccount, SimQueue, SimTopic } from '../model.ts';

/** A queue as CreateQueue leaves it today: SSE-SQS, no policy. */
export function addQueue(
  account: SimAccount,
  region: string,
  options: Partial<SimQueue> & { name: string },
): SimQueue {
  const queue: SimQueue = {
    sqsManagedSseEnabled: options.kmsMasterKeyId === undefined,
    policy: null,
    ...options,
  };
  regionOf(account, region).queues.set(queue.name, queue);
  return queue;
}

/** A topic as CreateTopic leaves it: no encryption with KMS, and a policy for its own account. */
export function addTopic(
  account: SimAccount,
  region: string,
  options: Partial<SimTopic> & { name: string },
): SimTopic {
  const arn = `arn:aws:sns:${region}:${account.id}:${options.name}`;
  const topic: SimTopic = { policy: defaultTopicPolicy(arn, account.id), ...options };
  regionOf(account, region).topics.set(topic.name, topic);
  return topic;
}

/** SNS developer guide, "Default topic policy". */
function defaultTopicPolicy(arn: string, accountId: string): string {
  return JSON.stringify({
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: ['SNS:GetTopicAttributes', 'SNS:SetTopicAttributes', 'SNS:Subscribe', 'SNS:Publish'],
        Resource: arn,
        Condition: { StringEquals: { 'AWS:SourceOwner': accountId } },
      },
    ],
  });
}

/** Lets principals carry out actions on a queue or topic. */
export function messagingPolicy(
  arn: string,
  principal: Readonly<Record<string, string | readonly string[]>>,
  ...actions: string[]
): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Sid: 'Others', Effect: 'Allow', Principal: principal, Action: actions, Resource: arn }],
  });
}
