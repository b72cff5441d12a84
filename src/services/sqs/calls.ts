import { apiCalls } from '../../aws/api-calls.ts';
import { awsJson } from '../../aws/json-protocols.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';

/** GetQueueAttributes, of what matters here. Absent attributes are null. */
export interface QueueAttributes {
  readonly arn: string;
  readonly kmsMasterKeyId: string | null;
  /** Whether SQS encrypts with a key that AWS owns; null when not answered. */
  readonly sqsManagedSseEnabled: boolean | null;
  /** The queue policy's JSON text; null: it has none. */
  readonly policy: string | null;
}

/** SQS as seen from one scope. Rejects with AwsError only. */
export interface SqsReads {
  /** Queue URLs. */
  listQueues(): AsyncIterable<readonly string[]>;
  attributes(queueUrl: string): Promise<QueueAttributes>;
}

/** Queue URLs may name old hosts; the region's endpoint answers for all of its queues. */
export const sqsApi = {
  signingName: 'sqs',
  endpoint: { prefix: 'sqs', serviceId: 'SQS', fipsAnyway: ['aws-us-gov'] },
  protocol: awsJson('1.0', 'AmazonSQS', true),
};

/** Most queues that AWS gives in one page (API reference, 2026-10-01); without it AWS does not page at all. */
const MaxResults = 1000;

export function sqsReads(access: ScopeAccess): SqsReads {
  const { call, list } = apiCalls(access, sqsApi);
  return {
    listQueues: () =>
      list(
        'sqs:ListQueues',
        (url) => url,
        (NextToken) => ({ MaxResults, NextToken }),
        // AWS leaves out a list that is empty.
        (answer) => ({ items: answer.texts('QueueUrls') ?? [], next: answer.text('NextToken') }),
      ),

    attributes: (QueueUrl) =>
      call('sqs:GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] }, (answer) => {
        const attributes = answer.requiredObject('Attributes');
        const managed = attributes.text('SqsManagedSseEnabled');
        return {
          arn: attributes.requiredText('QueueArn'),
          kmsMasterKeyId: attributes.text('KmsMasterKeyId') || null,
          sqsManagedSseEnabled: managed === null ? null : managed === 'true',
          policy: attributes.text('Policy') || null,
        };
      }),
  };
}
