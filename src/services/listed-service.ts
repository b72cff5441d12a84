import type { Fields } from '../aws/answer.ts';
import { type ApiCalls, apiCalls } from '../aws/api-calls.ts';
import { type Fact, known, readFact } from '../aws/fact.ts';
import type { Protocol } from '../aws/protocol.ts';
import type { EndpointName } from '../aws/regional-endpoint.ts';
import type { Scope } from '../organization/model.ts';
import type {
  ResourceEncryption,
  ResourceFacts,
  ResourceSharing,
} from '../posture/resource/resource-facts.ts';
import type { ReadResource, ResourceService } from './service.ts';
import { byPolicy, notShareable, readSharing } from './sharing.ts';
import type { SortRules } from './sort-rules.ts';

/** A service that gives its resources in one paged call, maybe with a call more for each, and one for its policy. */
export interface Listed<Input, Rules extends SortRules> {
  readonly rules: Rules;
  readonly endpoint: EndpointName;
  readonly protocol: Protocol<Input, Fields>;
  /** The word of `resource_type`. */
  readonly resourceType: keyof Rules['resourceTypes'] & string;
  readonly list: {
    readonly operation: keyof Rules['calls'] & string;
    /** @param marker of the page; undefined: the first */
    readonly input: (marker: string | undefined) => Input;
    /** The list in the answer. */
    readonly items: string;
    /** The marker of the next page in the answer. */
    readonly next: string;
    /** What says whether there is one; absent where only the marker tells. */
    readonly more?: string;
    readonly arn: (item: Fields) => string;
  };
  /** The call that tells how one is encrypted; absent where the listing does. */
  readonly describe?: {
    readonly operation: keyof Rules['calls'] & string;
    readonly input: (item: Fields) => Input;
    /** The resource in the answer. */
    readonly item: string;
  };
  /** @param item as it was described, else as it was listed */
  readonly encryption: (item: Fields) => ResourceEncryption;
  /** The call for its policy; absent where it cannot have one. */
  readonly policy?: {
    readonly operation: keyof Rules['calls'] & string;
    readonly input: (item: Fields) => Input;
    /** Its text in the answer. */
    readonly text: string;
    /** The code by which AWS says that there is none; absent where it answers an empty text or document. */
    readonly none?: string;
  };
}

/** How a declared service is listed and read. */
export function listedService<Input, Rules extends SortRules>(
  declared: Listed<Input, Rules>,
): ResourceService {
  return {
    rules: declared.rules,
    async *list(access, scope) {
      const { rules, endpoint, protocol } = declared;
      const calls = apiCalls(access, { signingName: rules.service, endpoint, protocol });
      for await (const page of listing(declared, calls)) {
        yield page.map((item) => reader(declared, scope, item, calls));
      }
    },
  };
}

/** @param calls of the service in the scope */
function listing<Input, Rules extends SortRules>(
  { list: { operation, input, items, next, more, arn } }: Listed<Input, Rules>,
  calls: ApiCalls<Input, Fields>,
): AsyncIterable<readonly Fields[]> {
  return calls.list(operation, arn, input, (answer) => {
    const page = { items: answer.requiredObjects(items), next: answer.text(next) };
    return more === undefined ? page : { ...page, truncated: answer.boolean(more) };
  });
}

function reader<Input, Rules extends SortRules>(
  { list, describe, resourceType, encryption, policy }: Listed<Input, Rules>,
  scope: Scope,
  listed: Fields,
  { call, find }: ApiCalls<Input, Fields>,
): ReadResource {
  const described = async (): Promise<Fact<ResourceEncryption>> => {
    if (describe === undefined) return known(encryption(listed));
    const { operation, input, item } = describe;
    return readFact(call(operation, input(listed), (answer) => encryption(answer.requiredObject(item))));
  };
  const shared = async (): Promise<Fact<ResourceSharing> | null> => {
    if (policy === undefined) return notShareable;
    const { operation, input, text, none } = policy;
    const read = (answer: Fields) => documentIn(answer.text(text));
    const asked = input(listed);
    return readSharing(
      none === undefined ? call(operation, asked, read) : find(operation, none, asked, read),
      byPolicy,
    );
  };
  return async (): Promise<ResourceFacts | null> => {
    // One after the other: a resource that is gone is told from one without a policy.
    const asked = await described();
    if (asked.state === 'unread' && asked.error.reason === 'not_found') return null;
    const sharing = await shared();
    return sharing && { scope, resourceType, arn: list.arn(listed), encryption: asked, sharing };
  };
}

/** An empty text or document is no policy. */
const documentIn = (text: string | null): string | null =>
  text === null || /^\s*(?:\{\s*\})?\s*$/.test(text) ? null : text;
