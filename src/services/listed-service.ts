import { Fields } from '../aws/answer.ts';
import { AwsError } from '../aws/error.ts';
import { type Fact, known, readFact } from '../aws/fact.ts';
import { pages } from '../aws/paging.ts';
import type { Protocol } from '../aws/protocols.ts';
import { type EndpointName, regionalEndpoint } from '../aws/regional-endpoint.ts';
import type { ScopeAccess } from '../aws/scope-access.ts';
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
  readonly protocol: Protocol<Input>;
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
      const call = callerOf(declared, access);
      for await (const page of listing(declared, access, call)) {
        yield page.map((item) => reader(declared, scope, item, call));
      }
    },
  };
}

type Call<Input> = (operation: string, input: Input) => Promise<Fields>;

function callerOf<Input, Rules extends SortRules>(
  { endpoint, protocol, rules }: Listed<Input, Rules>,
  access: ScopeAccess,
): Call<Input> {
  const api = access.signedApi(rules.service, (region, profile) =>
    regionalEndpoint(endpoint, region, profile),
  );
  return (operation, input) => {
    const request = protocol.request(operation.slice(operation.indexOf(':') + 1), input);
    const send = async () => new Fields(await api.send(request), access.site(operation));
    return access.call({ operation, send });
  };
}

function listing<Input, Rules extends SortRules>(
  { list: { operation, input, items, next, more, arn } }: Listed<Input, Rules>,
  access: ScopeAccess,
  call: Call<Input>,
): AsyncIterable<readonly Fields[]> {
  const read = async (marker: string | undefined) => {
    const answer = await call(operation, input(marker));
    const page = { items: answer.requiredObjects(items), next: answer.text(next) };
    return more === undefined ? page : { ...page, truncated: answer.boolean(more) };
  };
  return pages(access.site(operation), read, arn);
}

function reader<Input, Rules extends SortRules>(
  { list, describe, resourceType, encryption, policy }: Listed<Input, Rules>,
  scope: Scope,
  listed: Fields,
  call: Call<Input>,
): ReadResource {
  const described = async (): Promise<Fact<ResourceEncryption>> => {
    if (describe === undefined) return known(encryption(listed));
    const reading = call(describe.operation, describe.input(listed));
    return readFact(reading.then((answer) => encryption(answer.requiredObject(describe.item))));
  };
  const shared = async (): Promise<Fact<ResourceSharing> | null> => {
    if (policy === undefined) return notShareable;
    const reading = call(policy.operation, policy.input(listed));
    const document = reading.then((answer) => documentIn(answer.text(policy.text)), noneFor(policy.none));
    return readSharing(document, byPolicy);
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

/** No policy where AWS answers with that code. @throws every other error */
const noneFor =
  (code: string | undefined) =>
  (error: unknown): null => {
    if (error instanceof AwsError && error.code === code) return null;
    throw error;
  };
