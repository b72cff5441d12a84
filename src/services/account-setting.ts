import type { Fields } from '../aws/answer.ts';
import { apiCalls } from '../aws/api-calls.ts';
import { readFact } from '../aws/fact.ts';
import type { Protocol } from '../aws/protocol.ts';
import type { EndpointName } from '../aws/regional-endpoint.ts';
import type { ResourceEncryption } from '../posture/resource/resource-facts.ts';
import type { ResourceService } from './service.ts';
import { notShareable } from './sharing.ts';
import type { SortRules } from './sort-rules.ts';

/** A setting of an account in each region, which one call tells. */
export interface AccountSetting<Input, Rules extends SortRules> {
  readonly rules: Rules;
  readonly endpoint: EndpointName;
  readonly protocol: Protocol<Input, Fields>;
  /** The word of `resource_type`; with `-` for `_`, the end of the ARN that we give it. */
  readonly resourceType: keyof Rules['resourceTypes'] & string;
  readonly operation: keyof Rules['calls'] & string;
  readonly input: Input;
  readonly encryption: (answer: Fields) => ResourceEncryption;
}

/** How a declared setting is read: a row in each region, what is set or not. */
export function accountSetting<Input, Rules extends SortRules>(
  declared: AccountSetting<Input, Rules>,
): ResourceService {
  const { rules, endpoint, protocol, resourceType, operation, input } = declared;
  return {
    rules,
    async *list(access, scope) {
      const { call } = apiCalls(access, { signingName: rules.service, endpoint, protocol });
      const encryption = await readFact(call(operation, input, declared.encryption));
      // A region that cannot be reached may not have the service.
      if (encryption.state === 'unread' && encryption.error.reason === 'connection') throw encryption.error;
      const place = `arn:${scope.partition}:${rules.service}:${scope.region}:${scope.accountId}`;
      const arn = `${place}:${resourceType.replaceAll('_', '-')}`;
      yield [async () => ({ scope, resourceType, arn, encryption, sharing: notShareable })];
    },
  };
}
