import { required } from '../../aws/answer.ts';
import { slim } from '../../aws/client.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';
import { serviceCalls } from '../../aws/service-calls.ts';

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

/** Most queues that AWS gives in one page (API reference, 2026-10-01); without it AWS does not page at all. */
const pageSize = 1000;

export function sqsReads(access: ScopeAccess): SqsReads {
  const { call, list } = serviceCalls(access, async (config) => {
    const sdk = await import('@aws-sdk/client-sqs');
    // Queue URLs may name old hosts; the region's endpoint answers for all of its queues.
    return { sdk, client: slim(new sdk.SQSClient({ ...config, useQueueUrlAsEndpoint: false })) };
  });
  return {
    listQueues: () =>
      list(
        'sqs:ListQueues',
        (url) => url,
        (NextToken) =>
          async ({ sdk, client }, options) => {
            const input = { MaxResults: pageSize, ...(NextToken !== undefined && { NextToken }) };
            const output = await client.send(new sdk.ListQueuesCommand(input), options);
            return { items: output.QueueUrls ?? [], next: output.NextToken };
          },
      ),

    attributes: (queueUrl) =>
      call('sqs:GetQueueAttributes', async ({ sdk, client }, options, site) => {
        const input = { QueueUrl: queueUrl, AttributeNames: ['All' as const] };
        const output = await client.send(new sdk.GetQueueAttributesCommand(input), options);
        const { QueueArn, KmsMasterKeyId, SqsManagedSseEnabled, Policy } = output.Attributes ?? {};
        return {
          arn: required(QueueArn, 'QueueArn', site),
          kmsMasterKeyId: KmsMasterKeyId || null,
          sqsManagedSseEnabled: SqsManagedSseEnabled === undefined ? null : SqsManagedSseEnabled === 'true',
          policy: Policy || null,
        };
      }),
  };
}
