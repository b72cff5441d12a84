import { required } from '../../aws/answer.ts';
import { slim } from '../../aws/client.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';
import { serviceCalls } from '../../aws/service-calls.ts';

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
  const { call, list } = serviceCalls(access, async (config) => {
    const sdk = await import('@aws-sdk/client-sns');
    return { sdk, client: slim(new sdk.SNSClient(config)) };
  });
  return {
    listTopics: () =>
      list(
        'sns:ListTopics',
        (arn) => arn,
        (NextToken) =>
          async ({ sdk, client }, options, site) => {
            const output = await client.send(new sdk.ListTopicsCommand({ NextToken }), options);
            const topics = required(output.Topics, 'Topics', site);
            return {
              items: topics.map(({ TopicArn }) => required(TopicArn, 'TopicArn', site)),
              next: output.NextToken,
            };
          },
      ),

    attributes: (topicArn) =>
      call('sns:GetTopicAttributes', async ({ sdk, client }, options, site) => {
        const output = await client.send(new sdk.GetTopicAttributesCommand({ TopicArn: topicArn }), options);
        const attributes = required(output.Attributes, 'Attributes', site);
        required(attributes.TopicArn, 'TopicArn', site);
        return { kmsMasterKeyId: attributes.KmsMasterKeyId || null, policy: attributes.Policy || null };
      }),
  };
}
