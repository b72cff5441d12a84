import type { Caller } from '../../credentials.ts';
import { matchesAny } from '../../patterns.ts';

interface Statement {
  readonly effect: string;
  readonly actions: readonly string[] | null;
  readonly principals: readonly string[] | null;
  readonly conditions: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** What the conditions of a key policy can see of a direct call: no service stands between. */
export interface CallFacts {
  readonly caller: Caller;
  readonly organizationId: string | null;
}

/**
 * Whether the key policy alone admits the call, as KMS decides it for metadata reads: an Allow whose conditions
 * hold, and no Deny. A condition that the simulator cannot evaluate holds in no statement.
 */
export function policyAdmits(document: string, action: string, facts: CallFacts): boolean {
  let allowed = false;
  for (const statement of statementsOf(document)) {
    if (statement.actions === null || !matchesAny(statement.actions, action)) continue;
    if (!principalMatches(statement.principals, facts.caller)) continue;
    if (!conditionsHold(statement.conditions, facts)) continue;
    if (statement.effect === 'Deny') return false;
    if (statement.effect === 'Allow') allowed = true;
  }
  return allowed;
}

const parsed = new Map<string, Statement[]>();
const mostDocuments = 5000;

function statementsOf(document: string): readonly Statement[] {
  let statements = parsed.get(document);
  if (statements === undefined) {
    statements = parse(document);
    if (parsed.size >= mostDocuments) parsed.clear();
    parsed.set(document, statements);
  }
  return statements;
}

function parse(document: string): Statement[] {
  let policy: { Statement?: unknown };
  try {
    policy = JSON.parse(document) as { Statement?: unknown };
  } catch {
    return [];
  }
  return [policy.Statement ?? []].flat().map((each) => {
    const statement = each as Record<string, unknown>;
    return {
      effect: String(statement.Effect),
      actions: strings(statement.Action),
      principals: principalsOf(statement.Principal),
      conditions: (statement.Condition ?? {}) as Statement['conditions'],
    };
  });
}

function principalsOf(principal: unknown): readonly string[] | null {
  if (principal === '*') return ['*'];
  if (typeof principal !== 'object' || principal === null) return null;
  return strings((principal as Record<string, unknown>).AWS);
}

function strings(value: unknown): readonly string[] | null {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.map(String) : null;
}

function principalMatches(principals: readonly string[] | null, caller: Caller): boolean {
  if (principals === null) return false;
  return principals.some(
    (principal) =>
      principal === '*' ||
      principal === caller.accountId ||
      principal === caller.arn ||
      principal === caller.principalArn ||
      principal.endsWith(`:iam::${caller.accountId}:root`),
  );
}

function conditionsHold(conditions: Statement['conditions'], facts: CallFacts): boolean {
  return Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(keys).every(([key, values]) =>
      conditionHolds(operator, key, strings(values) ?? [], facts),
    ),
  );
}

function conditionHolds(
  operator: string,
  key: string,
  values: readonly string[],
  { caller, organizationId }: CallFacts,
): boolean {
  const actual: Record<string, string | null> = {
    'kms:calleraccount': caller.accountId,
    'aws:principalaccount': caller.accountId,
    'aws:principalarn': caller.principalArn,
    'aws:principalorgid': organizationId,
  };
  const value = actual[key.toLowerCase()];
  switch (operator) {
    case 'StringEquals':
      return typeof value === 'string' && values.includes(value);
    case 'StringLike':
    case 'ArnLike':
    case 'ArnEquals':
      return typeof value === 'string' && matchesAny(values, value);
    case 'StringNotEquals':
    case 'StringNotEqualsIfExists':
      return typeof value === 'string' && !values.includes(value);
    case 'Bool':
    case 'BoolIfExists':
      return key.toLowerCase() === 'aws:principalisawsservice' && values.includes('false');
    default:
      return false;
  }
}
