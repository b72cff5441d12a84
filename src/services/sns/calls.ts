import { required } from '../../aws/answer.ts';
import { apiCalls } from '../../aws/api-calls.ts';
import { awsQuery } from '../../aws/query-protocols.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';

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

export const snsApi = {
  signingName: 'sns',
  endpoint: { prefix: 'sns', serviceId: 'SNS', fipsAnyway: ['us-gov-east-1', 'us-gov-west-1'] },
  protocol: awsQuery('2010-03-31'),
};

export function snsReads(access: ScopeAccess): SnsReads {
  const { call, list } = apiCalls(access, snsApi);
  return {
    listTopics: () =>
      list(
        'sns:ListTopics',
        (arn) => arn,
        (NextToken) => ({ NextToken }),
        (answer) => ({
          items: answer.requiredObjects('Topics').map((topic) => topic.requiredText('TopicArn')),
          next: answer.text('NextToken'),
        }),
      ),

    attributes: (topicArn) =>
      call('sns:GetTopicAttributes', { TopicArn: topicArn }, (answer, site) => {
        const entries = answer.requiredObjects('Attributes');
        const values = new Map(entries.map((one) => [one.requiredText('key'), one.requiredText('value')]));
        required(values.get('TopicArn'), 'TopicArn', site);
        return { kmsMasterKeyId: values.get('KmsMasterKeyId') || null, policy: values.get('Policy') || null };
      }),
  };
}
