import type { SimAccount } from '../model.ts';
import type { Given } from '../resource-kind.ts';
import { type SimTopic, topics } from '../services/sns.ts';
import { queues, type SimQueue } from '../services/sqs.ts';

/** A queue as CreateQueue leaves it today: SSE-SQS, no policy. */
export function addQueue(account: SimAccount, region: string, options: Given<SimQueue>): SimQueue {
  return queues.add(account, region, options);
}

/** A topic as CreateTopic leaves it: no encryption with KMS, and a policy for its own account. */
export function addTopic(account: SimAccount, region: string, options: Given<SimTopic>): SimTopic {
  const arn = `arn:aws:sns:${region}:${account.id}:${options.name}`;
  return topics.add(account, region, { policy: defaultTopicPolicy(arn, account.id), ...options });
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
