import { queryWire } from '../protocol/query.ts';
import { ResourceKind } from '../resource-kind.ts';
import type { Service } from '../service.ts';

export interface SimTopic {
  name: string;
  /** As its owner wrote it; undefined: no server-side encryption with KMS. */
  kmsMasterKeyId?: string | undefined;
  /** There is always one: see `addTopic`. */
  policy: string;
}

export const topics = new ResourceKind<SimTopic>({
  arn: 'sns:*',
  namedBy: ['TopicArn'],
  complete: (given) => ({ policy: '', ...given }),
  missing: () => [404, 'NotFound', 'Topic does not exist'],
});

/** Amazon SNS: what is known of topics. */
export const sns: Service = {
  name: 'sns',
  wire: queryWire('http://sns.amazonaws.com/doc/2010-03-31/'),
  failures: { access_denied: [403, 'AuthorizationError', 'User is not authorized'] },
  operations: {
    ListTopics: topics.list({
      entries: 'Topics.member',
      paging: { answers: 100, token: 'NextToken' },
      entry: ({ arn }) => ({ TopicArn: arn }),
    }),
    GetTopicAttributes: topics.detail(({ arn, policy, kmsMasterKeyId }, { account }) => {
      const attributes = {
        TopicArn: arn,
        Owner: account.id,
        Policy: policy,
        ...(kmsMasterKeyId !== undefined && { KmsMasterKeyId: kmsMasterKeyId }),
      };
      return { Attributes: { entry: Object.entries(attributes).map(([key, value]) => ({ key, value })) } };
    }),
  },
};
