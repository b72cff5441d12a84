import { regionOf } from '../build.ts';
import { failure } from '../failures.ts';
import type { SimTopic } from '../model.ts';
import { pageOfArray } from '../paging.ts';
import { requiredText, text } from '../protocol/input.ts';
import { queryWire } from '../protocol/query.ts';
import { ApiError, type Output } from '../protocol/wire.ts';
import type { Call, Service } from '../service.ts';

/** Amazon SNS: what is known of topics. */
export const sns: Service = {
  name: 'sns',
  wire: queryWire('http://sns.amazonaws.com/doc/2010-03-31/'),
  failures: { access_denied: [403, 'AuthorizationError', 'User is not authorized'] },
  operations: {
    ListTopics: { paging: { token: 'NextToken' }, run: listTopics },
    GetTopicAttributes: { run: getTopicAttributes },
  },
  resourceOf: (input) => text(input, 'TopicArn')?.split(':').at(-1),
};

/** AWS gives a hundred in a page. */
function listTopics(call: Call): Output {
  const all = [...regionOf(call.account, call.region).topics.values()].map((topic) => arnOf(call, topic));
  const page = pageOfArray(all, {
    marker: text(call.input, 'NextToken'),
    limit: 100,
    invalid: () => failure(sns, 'invalid_input', 'Invalid parameter: NextToken'),
  });
  return { Topics: { member: page.items.map((TopicArn) => ({ TopicArn })) }, NextToken: page.next };
}

function getTopicAttributes(call: Call): Output {
  const arn = requiredText(call.input, 'TopicArn');
  const topic = regionOf(call.account, call.region).topics.get(arn.split(':').at(-1) ?? '');
  if (topic === undefined) throw new ApiError(404, 'NotFound', 'Topic does not exist');
  const attributes = {
    TopicArn: arn,
    Owner: call.account.id,
    Policy: topic.policy,
    ...(topic.kmsMasterKeyId === undefined ? {} : { KmsMasterKeyId: topic.kmsMasterKeyId }),
  };
  return { Attributes: { entry: Object.entries(attributes).map(([key, value]) => ({ key, value })) } };
}

function arnOf({ world, account, region }: Call, { name }: SimTopic): string {
  return `arn:${world.organization.partition}:sns:${region}:${account.id}:${name}`;
}
