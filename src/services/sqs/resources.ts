import type { AwsError } from '../../aws/error.ts';
import { known, readFact } from '../../aws/fact.ts';
import type { Scope } from '../../organization/model.ts';
import type { ResourceFacts } from '../../posture/resource/resource-facts.ts';
import type { ResourceService } from '../service.ts';
import { type QueueAttributes, sqsReads } from './calls.ts';
import { queueEncryption, sqsRules } from './rules.ts';

export const sqs: ResourceService = {
  rules: sqsRules,

  async *list(access, scope) {
    const reads = sqsReads(access);
    for await (const urls of reads.listQueues()) {
      yield urls.map((url) => async () => {
        const attributes = await readFact(reads.attributes(url));
        if (attributes.state === 'known') return queueFacts(scope, attributes.value);
        if (attributes.state !== 'unread' || isGone(attributes.error)) return null;
        return {
          scope,
          resourceType: 'queue',
          arn: arnOf(url, scope),
          encryption: attributes,
          sharing: attributes,
        };
      });
    }
  },
};

/** @throws nothing: attributes are plain */
function queueFacts(scope: Scope, attributes: QueueAttributes): ResourceFacts {
  return {
    scope,
    resourceType: 'queue',
    arn: attributes.arn,
    encryption: known(queueEncryption(attributes)),
    sharing: known({ by: 'policy', policy: attributes.policy }),
  };
}

const isGone = ({ code }: AwsError): boolean => /NonExistentQueue|QueueDoesNotExist/.test(code);

/** `https://sqs.eu-west-1.amazonaws.com/111122223333/orders` */
function arnOf(url: string, { partition, region, accountId }: Scope): string {
  return `arn:${partition}:sqs:${region}:${accountId}:${url.slice(url.lastIndexOf('/') + 1)}`;
}
