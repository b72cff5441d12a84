import { required } from './answer.ts';
import { slim } from './client.ts';
import { pages } from './paging.ts';
import type { ScopeAccess } from './scope-access.ts';

/** GetTopicAttributes, of what matters here. Absent attributes are null. */
export interface TopicAttributes {
  readonly kmsMasterKeyId: string | null;
  /** The topic policy's JSON text. */
  readonly policy: string | null;
}

/** SNS as seen from one scope. Rejects with AwsError only. */
export interface SnsReads {
  /** Topic ARNs. */
  listTopics(): AsyncIterable<readonly string[]>;
  attributes(topicArn: string): Promise<TopicAttributes>;
}

export function snsReads(access: ScopeAccess): SnsReads {
  const opened = open(access);
  return {
    listTopics() {
      const operation = 'sns:ListTopics';
      const site = access.site(operation);
      return pages(
        site,
        (marker) =>
          access.call({
            operation,
            async send(options) {
              const { sdk, client } = await opened();
              const token = marker === undefined ? {} : { NextToken: marker };
              const output = await client.send(new sdk.ListTopicsCommand(token), options);
              const topics = required(output.Topics, 'Topics', site);
              return {
                items: topics.map(({ TopicArn }) => required(TopicArn, 'TopicArn', site)),
                next: output.NextToken,
              };
            },
          }),
        (arn) => arn,
      );
    },

    attributes(topicArn) {
      const operation = 'sns:GetTopicAttributes';
      return access.call({
        operation,
        async send(options) {
          const { sdk, client } = await opened();
          const output = await client.send(
            new sdk.GetTopicAttributesCommand({ TopicArn: topicArn }),
            options,
          );
          const attributes = required(output.Attributes, 'Attributes', access.site(operation));
          required(attributes.TopicArn, 'TopicArn', access.site(operation));
          return { kmsMasterKeyId: attributes.KmsMasterKeyId || null, policy: attributes.Policy || null };
        },
      });
    },
  };
}

function open(access: ScopeAccess) {
  const opening = async () => {
    const sdk = await import('@aws-sdk/client-sns');
    return { sdk, client: slim(new sdk.SNSClient(access.clientConfig())) };
  };
  let opened: ReturnType<typeof opening> | null = null;
  return () => {
    opened ??= opening();
    return opened;
  };
}
