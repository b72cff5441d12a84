import type { Fields } from '../aws/answer.ts';
import { type ApiCalls, apiCalls } from '../aws/api-calls.ts';
import { askedOnce } from '../aws/asked-once.ts';
import { type Fact, known, notApplicable, notAsked, readFact } from '../aws/fact.ts';
import type { Protocol } from '../aws/protocol.ts';
import type { EndpointName } from '../aws/regional-endpoint.ts';
import type { ScopeAccess } from '../aws/scope-access.ts';
import type { Scope } from '../organization/model.ts';
import type {
  Replicas,
  ResourceEncryption,
  ResourceFacts,
  ResourceSharing,
} from '../posture/resource/resource-facts.ts';
import { documentIn } from './policy-texts.ts';
import type { ResourceService, Wanted } from './service.ts';
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
    readonly arn: (item: Fields, scope: Scope) => string;
    /** Which of the list are the account's own resources of this sort in the region; absent: all. */
    readonly only?: (item: Fields, scope: Scope) => boolean;
  };
  /** The call that tells how one is encrypted; absent where the listing does. */
  readonly describe?: {
    readonly operation: keyof Rules['calls'] & string;
    readonly input: (item: Fields) => Input;
    /** The resource in the answer; absent: the answer is it. */
    readonly item?: string;
    /** What AWS answers of each, under a key or not: an answer without it is none, and a missing key says nothing. */
    readonly always?: string;
    /** The code by which AWS says that nothing was set, with what holds then; absent where it always answers. */
    readonly none?: { readonly code: string; readonly encryption: ResourceEncryption };
  };
  /** @param item as it was described, else as it was listed */
  readonly encryption: (item: Fields) => ResourceEncryption;
  /** Whom the listing itself tells that it is shared with, and why others may be let in; absent where it does not. */
  readonly sharing?: (item: Fields) => Pick<ResourceFacts, 'othersLetIn'> & { sharing: ResourceSharing };
  /** Whether AWS RAM can share one; absent: it can share each, where it can share the sort. */
  readonly byRam?: (item: Fields) => boolean;
  /** The call for its policy; absent where it cannot have one. */
  readonly policy?: {
    readonly operation: keyof Rules['calls'] & string;
    readonly input: (item: Fields) => Input;
    /** Its text in the answer; of several policies, all as one. */
    readonly text: string | ((answer: Fields) => string | null);
    /** The code by which AWS says that there is none; absent where it leaves the text out, or answers an empty one. */
    readonly none?: string;
    /** What the answer has with and without a policy, where it leaves the policy's text out. */
    readonly always?: string;
  };
  /** The call that tells which other accounts have a replica of it; absent where none can. */
  readonly replicas?: {
    readonly operation: keyof Rules['calls'] & string;
    readonly input: (item: Fields) => Input;
    readonly read: (answer: Fields) => Replicas;
  };
  /** Reads the policy that holds for all resources of the account and region as well; null: there is none. */
  readonly within?: (access: ScopeAccess) => Promise<string | null>;
}

/** Of a listing that has the texts of policies in a field, which it leaves out where there is none. */
export const policyIn = (field: string) => (item: Fields) => ({
  sharing: byPolicy(documentIn(item.text(field))),
});

/** How a declared service is listed and read. */
export function listedService<Input, Rules extends SortRules>(
  declared: Listed<Input, Rules>,
): ResourceService {
  const { rules, endpoint, protocol, resourceType } = declared;
  return {
    rules,
    async *list(access, scope, wanted) {
      const calls = apiCalls(access, { signingName: rules.service, endpoint, protocol });
      const within = wanted === 'all' ? declared.within : undefined;
      // One answer for all of the region: asked for with the first resource.
      const around = within && askedOnce(() => readFact(within(access)));
      for await (const page of listing(declared, calls, { scope, wanted })) {
        yield page.map(({ arn, described, shared, othersLetIn, ram, replicated }) => async () => {
          // One after the other: a resource that is gone is told from one without a policy.
          const encryption = await described();
          if (encryption.state === 'unread' && encryption.error.reason === 'not_found') return null;
          const sharing = await shared();
          if (sharing === null) return null;
          const replicas = await replicated();
          if (replicas?.state === 'unread' && replicas.error.reason === 'not_found') return null;
          const beside = { ...ram, ...(replicas && { replicas }), ...(around && { within: await around() }) };
          return { scope, resourceType, arn, encryption, sharing, othersLetIn, ...beside };
        });
      }
    },
  };
}

/** A resource as it was listed, and how the rest of it is read. */
interface Entry {
  readonly arn: string;
  readonly ram: Pick<ResourceFacts, 'ram'>;
  readonly described: () => Promise<Fact<ResourceEncryption>>;
  /** Null: it was deleted meanwhile. */
  readonly shared: () => Promise<Fact<ResourceSharing> | null>;
  readonly othersLetIn: string | undefined;
  /** Undefined: other accounts cannot have one, or it was not asked. */
  readonly replicated: () => Promise<Fact<Replicas> | undefined>;
}

/** Where a listing is read, and what for. */
interface Asked {
  readonly scope: Scope;
  readonly wanted: Wanted;
}

/** Entries are read with their page: one that lacks what AWS always answers fails the listing. */
function listing<Input, Rules extends SortRules>(
  declared: Listed<Input, Rules>,
  calls: ApiCalls<Input, Fields>,
  { scope, wanted }: Asked,
): AsyncIterable<readonly Entry[]> {
  const { operation, input, items, next, more, arn, only = () => true } = declared.list;
  const identify = (entry: Entry) => entry.arn;
  return calls.list(operation, identify, input, (answer) => {
    const listed = answer.requiredObjects(items).filter((item) => only(item, scope));
    const entries = listed.map((item) => ({
      arn: arn(item, scope),
      ram: declared.byRam?.(item) === false ? { ram: notApplicable } : {},
      described: describing(declared, item, calls, wanted),
      ...sharingOf(declared, item, calls),
      replicated: replicating(declared, item, calls, wanted),
    }));
    const page = { items: entries, next: answer.text(next) };
    return more === undefined ? page : { ...page, truncated: answer.boolean(more) };
  });
}

function describing<Input, Rules extends SortRules>(
  { describe, encryption }: Listed<Input, Rules>,
  listed: Fields,
  { call, find }: ApiCalls<Input, Fields>,
  wanted: Wanted,
): Entry['described'] {
  if (describe === undefined) {
    const fact = known(encryption(listed));
    return async () => fact;
  }
  if (wanted === 'policy') return async () => notAsked;
  const { operation, item, always, none } = describe;
  const input = describe.input(listed);
  const read = (answer: Fields) => {
    const described = item === undefined ? answer : answer.requiredObject(item);
    if (always !== undefined) described.requiredText(always);
    return encryption(described);
  };
  if (none === undefined) return () => readFact(call(operation, input, read));
  return () => readFact(find(operation, none.code, input, read).then((found) => found ?? none.encryption));
}

function replicating<Input, Rules extends SortRules>(
  { replicas }: Listed<Input, Rules>,
  listed: Fields,
  { call }: ApiCalls<Input, Fields>,
  wanted: Wanted,
): Entry['replicated'] {
  if (replicas === undefined || wanted === 'policy') return async () => undefined;
  const { operation, input, read } = replicas;
  return () => readFact(call(operation, input(listed), read));
}

function sharingOf<Input, Rules extends SortRules>(
  declared: Listed<Input, Rules>,
  listed: Fields,
  calls: ApiCalls<Input, Fields>,
): Pick<Entry, 'shared' | 'othersLetIn'> {
  const told = declared.sharing?.(listed);
  if (told === undefined) return { shared: asking(declared, listed, calls), othersLetIn: undefined };
  const fact = known(told.sharing);
  return { shared: async () => fact, othersLetIn: told.othersLetIn };
}

function asking<Input, Rules extends SortRules>(
  { policy }: Listed<Input, Rules>,
  listed: Fields,
  { call, find }: ApiCalls<Input, Fields>,
): Entry['shared'] {
  if (policy === undefined) return async () => notShareable;
  const { operation, text, none, always } = policy;
  const input = policy.input(listed);
  const textIn = (answer: Fields) => (typeof text === 'string' ? answer.text(text) : text(answer));
  const read = (answer: Fields): string | null => {
    if (always !== undefined) answer.requiredText(always);
    // Who says by a code that there is none always answers one.
    else if (none !== undefined && typeof text === 'string') return answer.requiredText(text);
    return documentIn(textIn(answer));
  };
  const reading = () =>
    none === undefined ? call(operation, input, read) : find(operation, none, input, read);
  return () => readSharing(reading(), byPolicy);
}
