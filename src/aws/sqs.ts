import { required } from './answer.ts';
import { slim } from './client.ts';
import { pages } from './paging.ts';
import type { ScopeAccess } from './scope-access.ts';

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
  const opened = open(access);
  return {
    listQueues() {
      const operation = 'sqs:ListQueues';
      return pages(
        access.site(operation),
        (marker) =>
          access.call({
            operation,
            async send(options) {
              const { sdk, client } = await opened();
              const token = marker === undefined ? {} : { NextToken: marker };
              const output = await client.send(
                new sdk.ListQueuesCommand({ MaxResults: pageSize, ...token }),
                options,
              );
              return { items: output.QueueUrls ?? [], next: output.NextToken };
            },
          }),
        (url) => url,
      );
    },

    attributes(queueUrl) {
      const operation = 'sqs:GetQueueAttributes';
      return access.call({
        operation,
        async send(options) {
          const { sdk, client } = await opened();
          const output = await client.send(
            new sdk.GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['All'] }),
            options,
          );
          const { QueueArn, KmsMasterKeyId, SqsManagedSseEnabled, Policy } = output.Attributes ?? {};
          return {
            arn: required(QueueArn, 'QueueArn', access.site(operation)),
            kmsMasterKeyId: KmsMasterKeyId || null,
            sqsManagedSseEnabled: SqsManagedSseEnabled === undefined ? null : SqsManagedSseEnabled === 'true',
            policy: Policy || null,
          };
        },
      });
    },
  };
}

function open(access: ScopeAccess) {
  const opening = async () => {
    const sdk = await import('@aws-sdk/client-sqs');
    // Queue URLs may name old hosts; the region's endpoint answers for all of its queues.
    return {
      sdk,
      client: slim(new sdk.SQSClient({ ...access.clientConfig(), useQueueUrlAsEndpoint: false })),
    };
  };
  let opened: ReturnType<typeof opening> | null = null;
  return () => {
    opened ??= opening();
    return opened;
  };
}
