import { actionsOf } from '../policy/action.ts';
import type { Condition } from '../policy/condition.ts';
import type { PolicyDocument } from '../policy/document.ts';
import type { ServiceGrammar } from '../policy/grammar.ts';
import { arnPattern, isLiteral, likePattern } from '../policy/pattern.ts';
import type { Principal } from '../policy/principal.ts';
import type { Statement } from '../policy/statement.ts';
import type { PolicySet } from './shared-policies.ts';

/**
 * What policies ask of a principal and of a resource, for actions of one service: of two principals that answer alike,
 * and of two resources, they say the same. The resource is a key wherever more than the principal counts.
 */
export interface Asked {
  /** ARNs of principals, whole; of a role that sessions of are named, its account and name: `111122223333/analytics`. */
  readonly arns: ReadonlySet<string>;
  /** ARNs of principals with wildcards. */
  readonly patterns: readonly string[];
  /** Keys of principals' tags, lower case. */
  readonly tags: readonly string[];
  /** Whether they ask for what no other principal has. */
  readonly asksWho: boolean;
  /** ARNs of keys, whole. */
  readonly resources: ReadonlySet<string>;
  /** ARNs of keys with wildcards. */
  readonly resourcePatterns: readonly string[];
  /** Keys of the key's tags, lower case. */
  readonly keyTags: readonly string[];
  /** Whether they ask for what no other key has. */
  readonly asksWhich: boolean;
}

const cache = new WeakMap<ServiceGrammar, WeakMap<PolicyDocument, Asked>>();

/** What one document asks, for actions of one service. */
export function askedBy(document: PolicyDocument, grammar: ServiceGrammar): Asked {
  const ofGrammar = cache.get(grammar) ?? new WeakMap<PolicyDocument, Asked>();
  cache.set(grammar, ofGrammar);
  const cached = ofGrammar.get(document);
  if (cached !== undefined) return cached;
  const asked = collect(document.statements.filter((statement) => isAbout(statement, grammar)));
  ofGrammar.set(document, asked);
  return asked;
}

/** Whether a statement is about actions of a service. */
export const isAbout = ({ actions, notAction }: Statement, grammar: ServiceGrammar): boolean =>
  actionsOf(grammar).matching(actions, notAction) !== 0n;

/** What all of them ask together. */
export function askedByAll(some: readonly Asked[]): Asked {
  const all = [...new Set(some)].filter((asked) => asked !== nothing);
  const [first = nothing, ...more] = all;
  if (more.length === 0) return first;
  const list = (of: (asked: Asked) => Iterable<string>) => distinct(all.flatMap((asked) => [...of(asked)]));
  return {
    arns: new Set(list(({ arns }) => arns)),
    patterns: list(({ patterns }) => patterns),
    tags: list(({ tags }) => tags),
    asksWho: all.some(({ asksWho }) => asksWho),
    resources: new Set(list(({ resources }) => resources)),
    resourcePatterns: list(({ resourcePatterns }) => resourcePatterns),
    keyTags: list(({ keyTags }) => keyTags),
    asksWhich: all.some(({ asksWhich }) => asksWhich),
  };
}

/** What the policies of identities ask, those of a boundary included. */
export const askedBySet = ({ policies, boundary }: PolicySet, grammars: readonly ServiceGrammar[]): Asked =>
  askedByAll(
    [...policies, ...(boundary ? [boundary] : [])].flatMap(({ document }) =>
      grammars.map((grammar) => askedBy(document, grammar)),
    ),
  );

/** Whether the answer of a principal that no ARN names depends on which it is. */
export const asksOfPrincipals = ({ patterns, tags, asksWho }: Asked): boolean =>
  asksWho || patterns.length + tags.length > 0;

/** Many documents ask for nothing: they share it. */
const nothing: Asked = {
  arns: new Set(),
  patterns: [],
  tags: [],
  asksWho: false,
  resources: new Set(),
  resourcePatterns: [],
  keyTags: [],
  asksWhich: false,
};

const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)].sort();

const principalTag = 'aws:principaltag/';
const resourceTag = 'aws:resourcetag/';
/** What tells a principal from all others. */
const unique = new Set(['aws:username', 'aws:userid', 'aws:principalarn']);

function collect(statements: readonly Statement[]): Asked {
  const patterns = new Set<string>();
  const tags = new Set<string>();
  const resources = new Set<string>();
  const keyTags = new Set<string>();
  let asksWho = false;
  let asksWhich = false;
  const ask = (id: string): void => {
    if (id.startsWith(principalTag)) tags.add(id.slice(principalTag.length));
    else if (id.startsWith(resourceTag)) keyTags.add(id.slice(resourceTag.length));
    else if (unique.has(id)) asksWho = true;
  };
  const askVariables = (text: string): void => {
    for (const [, name = ''] of text.matchAll(/\$\{([^},]*)/g)) ask(name.trim().toLowerCase());
  };
  for (const { principals, conditions, resources: named } of statements) {
    for (const pattern of principals.flatMap(patternsOf)) patterns.add(pattern);
    for (const condition of conditions) {
      condition.values.forEach(askVariables);
      const ofArns = condition.id === 'aws:principalarn' ? arnPatterns(condition) : null;
      if (ofArns === null) ask(condition.id);
      else for (const pattern of ofArns) patterns.add(pattern);
    }
    for (const text of named ?? []) {
      askVariables(text);
      if (text.includes('${')) asksWhich = true;
      else if (text !== '*') resources.add(arnPattern(text) ?? likePattern(text));
    }
  }
  const sets = [patterns, tags, resources, keyTags];
  if (!asksWho && !asksWhich && sets.every(({ size }) => size === 0)) return nothing;
  return {
    arns: new Set([...patterns].filter(isLiteral)),
    patterns: [...patterns].filter(isPattern).sort(),
    tags: [...tags].sort(),
    asksWho,
    resources: new Set([...resources].filter(isLiteral)),
    resourcePatterns: [...resources].filter(isPattern).sort(),
    keyTags: [...keyTags].sort(),
    asksWhich,
  };
}

const isPattern = (text: string): boolean => !isLiteral(text);

/** The ARNs that a Principal element stands for; of a session the account and name of its role. */
function patternsOf({ arn, session, accountId }: Principal): readonly string[] {
  if (session !== null) return accountId === null ? [] : [`${accountId}/${session.role}`];
  return arn === null ? [] : [arnPattern(arn) ?? arn];
}

/** Null: they are not compared letter by letter, or not with patterns of their own. */
function arnPatterns({ comparison, values }: Condition): readonly string[] | null {
  if (values.some((value) => value.includes('${'))) return null;
  switch (comparison) {
    case 'StringEquals':
      return values;
    case 'StringLike':
      return values.map(likePattern);
    case 'Arn':
      return values.map((value) => arnPattern(value) ?? likePattern(value));
    default:
      return null;
  }
}
