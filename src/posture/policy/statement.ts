import type { Condition } from './condition.ts';
import { isObject, readConditions } from './condition.ts';
import { anyone, type Principal, type Principals, readPrincipals } from './principal.ts';

/**
 * What a policy is about: resources, so that its statements name principals, or principals, whoever they are that it is
 * attached to.
 */
export type PolicyForm = 'of_resources' | 'of_principals';

export type Effect = 'Allow' | 'Deny';

/** One statement, read. */
export interface Statement {
  /** Its place in the document, from 0. */
  readonly index: number;
  readonly sid: string | null;
  readonly effect: Effect;
  /** Whom it names; with `notPrincipal`, everybody but these. */
  readonly principals: readonly Principal[];
  readonly notPrincipal: boolean;
  /** One phrase on principals that a NotPrincipal lists besides and nobody understands; null: it lists none. */
  readonly unreadExceptions: string | null;
  readonly actions: readonly string[];
  readonly notAction: boolean;
  /** Null when the statement has no Resource: it is about the resource that carries the policy. */
  readonly resources: readonly string[] | null;
  readonly notResource: boolean;
  readonly conditions: readonly Condition[];
  /** The Condition element as the document has it; null when it has none. */
  readonly conditionBlock: unknown;
  readonly variables: boolean;
}

/**
 * A statement, or a part of its principals, that cannot be read: it may allow or deny anything to anybody, and the
 * rest still counts.
 */
export interface UnreadStatement {
  readonly index: number;
  readonly sid: string | null;
  /** Null when the effect itself is not understood. */
  readonly effect: Effect | null;
  /** One sentence: what is not understood. */
  readonly problem: string;
}

/** A statement as far as it is understood: some principals of it may be, beside others that are not. */
export interface StatementReading {
  readonly statement: Statement | null;
  readonly unread: UnreadStatement | null;
}

const elements = new Set([
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]);

/** `variables`: whether the document's version knows policy variables. */
export function readStatement(
  raw: unknown,
  index: number,
  variables: boolean,
  form: PolicyForm,
): StatementReading {
  const fields = isObject(raw) ? raw : null;
  const sid = typeof fields?.Sid === 'string' ? fields.Sid : null;
  const effect = fields?.Effect === 'Allow' || fields?.Effect === 'Deny' ? fields.Effect : null;
  const unread = (problem: string): UnreadStatement => ({ index, sid, effect, problem });
  const fail = (problem: string): StatementReading => ({ statement: null, unread: unread(problem) });

  if (fields === null) return fail('it is not an object');
  const unknown = Object.keys(fields).find((name) => !elements.has(name));
  if (unknown !== undefined) return fail(`unknown element ${unknown}`);
  if (effect === null) return fail('Effect is neither Allow nor Deny');

  const principal = oneOf(fields, 'Principal', 'NotPrincipal');
  const action = oneOf(fields, 'Action', 'NotAction');
  const resource = oneOf(fields, 'Resource', 'NotResource');
  const isOfPrincipals = form === 'of_principals';
  if (principal === null || (principal.value !== undefined) === isOfPrincipals)
    return fail(isOfPrincipals ? 'it names principals' : 'it needs either Principal or NotPrincipal');
  if (action === null || action.value === undefined) return fail('it needs either Action or NotAction');
  if (resource === null) return fail('it has both Resource and NotResource');

  const { known: principals, problems } = isOfPrincipals
    ? whoeverItIsAttachedTo
    : readPrincipals(principal.value);
  const problem = problems.length === 0 ? null : problems.join(', ');
  if (problem !== null && principals.length === 0) return fail(problem);
  const actions = readTexts(action.value);
  if (actions === null) return fail('an action is not a string');
  const resources = resource.value === undefined ? null : readTexts(resource.value);
  if (resource.value !== undefined && resources === null) return fail('a resource is not a string');
  const conditions = readConditions(fields.Condition, variables);
  if (typeof conditions === 'string') return fail(conditions);

  return {
    unread: problem === null || principal.negated ? null : unread(problem),
    statement: {
      index,
      sid,
      effect,
      principals,
      notPrincipal: principal.negated,
      unreadExceptions: principal.negated ? problem : null,
      actions,
      notAction: action.negated,
      resources,
      notResource: resource.negated,
      conditions,
      conditionBlock: fields.Condition ?? null,
      variables,
    },
  };
}

const whoeverItIsAttachedTo: Principals = { known: [anyone], problems: [] };

/** The element or its negation; null when the statement has both. */
function oneOf(
  fields: Readonly<Record<string, unknown>>,
  name: string,
  negation: string,
): { readonly value: unknown; readonly negated: boolean } | null {
  const plain = fields[name];
  const negated = fields[negation];
  if (plain !== undefined && negated !== undefined) return null;
  return negated === undefined ? { value: plain, negated: false } : { value: negated, negated: true };
}

function readTexts(raw: unknown): readonly string[] | null {
  const list: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
  return list.every((item) => typeof item === 'string') ? list : null;
}
