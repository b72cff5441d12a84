import { ANY_TEXT } from './pattern.ts';

/** What an action gives: `use` and `grant` of a key, `read`, `write` and `list` of data, the rest of both. */
export type Access = 'use' | 'grant' | 'read' | 'write' | 'list' | 'administer' | 'read_metadata';

export interface ActionRule {
  /** Null when the action has no effect in a policy of this resource; no policy's wildcard stands for it then. */
  readonly access: Access | null;
  /** What it gives as well: a session may be one of reading and writing. */
  readonly also?: Access;
  /** Whether the service honours it for principals of other accounts. */
  readonly acrossAccounts: boolean;
  /**
   * What its Resource is: the resource that carries the policy, what is inside (objects of a bucket), or either (a
   * table or an index of it).
   */
  readonly on: 'resource' | 'contents' | 'either';
}

/** A condition key that only some requests carry, or whose value is always the same. */
export interface RequestKey {
  /** The actions whose requests carry it; null: all. */
  readonly carriedBy: readonly string[] | null;
  /**
   * - `choice`: whoever calls chooses the value, so that it keeps nobody out;
   * - a text: the only value that it ever has;
   * - null: the document alone does not tell.
   */
  readonly value: 'choice' | { readonly always: string } | null;
  /** It has that value only where what is inside the resource is encrypted by KMS. */
  readonly underKms?: true;
}

/** Of services that answer over TLS only, so that a condition on it is decided. */
export const tlsOnly: Readonly<Record<string, RequestKey>> = {
  'aws:securetransport': { carriedBy: null, value: { always: 'true' } },
};
/** A rule, and the names of the actions that it holds for, with white space between. */
type ActionGroup = readonly [rule: ActionRule, names: string];

/** The actions of a grammar, group by group. Throws when a name is in two groups. */
export function actionTable(...groups: readonly ActionGroup[]): Readonly<Record<string, ActionRule>> {
  const table: Record<string, ActionRule> = {};
  for (const [rule, names] of groups)
    for (const name of names.trim().split(/\s+/)) {
      if (Object.hasOwn(table, name)) throw new Error(`the action ${name} is in two groups of a grammar`);
      table[name] = rule;
    }
  return table;
}

/**
 * Of actions that a policy of this resource cannot allow: an identity's policy can, or one of another kind of
 * resource. They are named so that an action that AWS adds later is told apart from them.
 */
export const noEffect: ActionRule = { access: null, acrossAccounts: false, on: 'resource' };

type RuleOf = (access: ActionRule['access']) => ActionRule;

/** Actions on the resource that the service honours for other accounts, too. */
export const across: RuleOf = (access) => ({ access, acrossAccounts: true, on: 'resource' });

/** Actions on the resource that it honours for the own account only. */
export const own: RuleOf = (access) => ({ access, acrossAccounts: false, on: 'resource' });

/** Actions on what is inside the resource that the service honours for other accounts, too. */
export const acrossContents: RuleOf = (access) => ({ access, acrossAccounts: true, on: 'contents' });

/** Actions on the resource or on what is inside that it honours for other accounts, too. */
export const acrossEither: RuleOf = (access) => ({ access, acrossAccounts: true, on: 'either' });

/** Actions on what is inside that it honours for other accounts, too. */
export const acrossInside: RuleOf = (access) => ({ access, acrossAccounts: true, on: 'contents' });

/** What sets one service's resource policies apart. One file per service says it; the reader is the same for all. */
export interface ServiceGrammar {
  /** The prefix of its actions, and the service in its ARNs: `kms`. */
  readonly service: string;
  /**
   * All its actions, those without effect in a policy of the resource included: an action that is missing here is one
   * that nobody can judge. Without the prefix; one of another prefix has it before: `kafka-cluster:ReadData`.
   */
  readonly actions: Readonly<Record<string, ActionRule>>;
  /** Condition keys (lower case) of its own that hold the caller's account, beside aws:PrincipalAccount. */
  readonly accountKeys: readonly string[];
  /** Condition keys (lower case) that hold the service through which the caller comes. */
  readonly viaServiceKeys: readonly string[];
  /** Condition keys (lower case) that hand the decision to access points: account id, or ARN of one. */
  readonly delegationKeys: {
    readonly account: readonly string[];
    readonly arn: readonly string[];
    /** Whether access points answer the internet, or a network only. */
    readonly networkOrigin?: readonly string[];
  };
  /** Condition keys (lower case) whose value the caller chooses freely, so that they keep nobody out. */
  readonly callerChoice: readonly string[];
  /** What stands between the ARN of the resource and the rest of the ARN of what is inside; `/` where not said. */
  readonly separator?: '/' | ':' | '/object/';
  /** Where what is inside has ARNs that do not begin with the resource's: what stands for them in patterns. */
  readonly contents?: (arn: string) => readonly string[];
  /** Condition keys (lower case; a last `/` or `:` stands for all that begin so) that not every request carries. */
  readonly requestKeys?: Readonly<Record<string, RequestKey>>;
  /** Whether it answers requests that nobody signed. KMS does not. */
  readonly anonymous: boolean;
}

/** Of a service without condition keys of its own that tell who calls, or that a caller chooses. */
export const noOwnKeys = {
  accountKeys: [],
  viaServiceKeys: [],
  delegationKeys: { account: [], arn: [] },
  callerChoice: [],
} as const;

/** The ARNs of what is inside a resource, as patterns. @param arn of the resource, or a pattern of it */
export const contentsOf = ({ separator = '/', contents }: ServiceGrammar, arn: string): readonly string[] =>
  contents?.(arn) ?? [`${arn}${separator}${ANY_TEXT}`];
