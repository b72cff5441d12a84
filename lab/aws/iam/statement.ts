import { holds, isOperator } from './condition.ts';
import { like, likeAnyCase } from './matching.ts';
import { list, type Policy, type Statement } from './policy.ts';
import { names, spares } from './principal.ts';
import { beyondDocuments, type Reading } from './readings.ts';
import type { Caller, Request } from './request.ts';
import { substitute } from './variables.ts';

/** What policies of one resource say to a request: an explicit Deny beats every Allow. */
export type Decision = 'allowed' | 'denied' | 'silent';

export function decide(policies: readonly Policy[], request: Request, reading: Reading): Decision {
  let decision: Decision = 'silent';
  for (const { Version, Statement } of policies)
    for (const statement of Statement) {
      if (decision === 'allowed' && statement.Effect === 'Allow') continue;
      if (!applies(statement, Version, request, reading)) continue;
      if (statement.Effect === 'Deny') return 'denied';
      decision = 'allowed';
    }
  return decision;
}

function applies(
  statement: Statement,
  version: string | undefined,
  request: Request,
  reading: Reading,
): boolean {
  return (
    isAbout(statement, request) &&
    meets(statement, request.caller, reading) &&
    covers(statement, version, request) &&
    holds(statement.Condition, request.context, version, (operator, key) => {
      if (!isOperator(operator)) return reading.unknownOperatorsHold;
      if (request.caller.kind === 'service') return null;
      return beyondDocuments(reading, statement.Effect, isNamed(statement), operator, key);
    })
  );
}

/** A statement that names somebody, and not whoever there is. */
const isNamed = ({ Principal }: Statement): boolean =>
  Principal !== undefined && Principal !== '*' && !list(Principal.AWS).includes('*');

/**
 * The statements that can decide on a caller's action on a resource, whatever the context: saves asking the others at
 * every point of the grid. A variable in a resource is left to the context.
 */
export function narrowed(
  policy: Policy,
  caller: Caller,
  action: string,
  resource: string,
  reading: Reading,
): Policy {
  const request = { caller, action, resource, context: new Map() };
  const fits = (statement: Statement): boolean =>
    isAbout(statement, request) &&
    meets(statement, caller, reading) &&
    (hasVariable(statement) || covers(statement, undefined, request));
  return { ...policy, Statement: policy.Statement.filter(fits) };
}

const hasVariable = ({ Resource, NotResource }: Statement): boolean =>
  [...list(Resource), ...list(NotResource)].some((text) => text.includes('${'));

/** Actions are compared without regard to case. */
function isAbout({ Action, NotAction }: Statement, { action }: Request): boolean {
  const one = (pattern: string): boolean => likeAnyCase(action, pattern);
  return Action === undefined ? !list(NotAction).some(one) : list(Action).some(one);
}

/** Whether the statement is for the caller. */
function meets({ Effect, Principal, NotPrincipal }: Statement, caller: Caller, reading: Reading): boolean {
  if (Principal !== undefined) return names(Principal, caller, reading);
  if (NotPrincipal === undefined) return false;
  if (Effect === 'Allow' && !reading.allowNotPrincipal) return false;
  return !spares(NotPrincipal, caller, reading);
}

/** A resource with a variable that has no value matches no resource. */
function covers(
  { Resource, NotResource }: Statement,
  version: string | undefined,
  { resource, context }: Request,
): boolean {
  const one = (written: string): boolean => {
    const pattern = substitute(written, context, version);
    return pattern !== null && like(resource, pattern);
  };
  return Resource === undefined ? !list(NotResource).some(one) : list(Resource).some(one);
}
