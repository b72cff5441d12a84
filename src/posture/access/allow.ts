import { actionsOf } from '../policy/action.ts';
import { type Condition, named } from '../policy/condition.ts';
import type { Principal } from '../policy/principal.ts';
import { anyone } from '../policy/principal.ts';
import type { Statement } from '../policy/statement.ts';
import { type Admission, type ResourceContext, withDoubt, withLeftover } from './admission.ts';
import { accountsNamedBy } from './identity.ts';
import { othersThan } from './not-principal.ts';
import { principalAdmissions } from './principal-admissions.ts';
import { propertyOf } from './property.ts';
import { alike } from './request-keys.ts';
import { splitByResource } from './resource-split.ts';
import { splitByCondition } from './split.ts';

/** What a statement names for one of its principals, before and after its conditions. */
export interface Named {
  readonly principal: Principal;
  /** Before conditions and resource: the yardstick for what limits. */
  readonly baseline: readonly Admission[];
  /** What is let in by an Allow, or meant by a Deny. */
  readonly admissions: readonly Admission[];
  /** Whom a NotPrincipal of an Allow lists and AWS may let in all the same. */
  readonly perhaps: readonly Admission[];
  /** The condition that leaves nobody, when one does. */
  readonly contradiction: Condition | null;
}

/** One for each principal; a NotPrincipal element is one, for anyone but those it lists. */
export function namedBy(statement: Statement, context: ResourceContext): readonly Named[] {
  if (!statement.notPrincipal)
    return statement.principals.map((principal) =>
      judge(
        statement,
        principal,
        baselineOf(principal, statement.actions, statement.notAction, context),
        context,
      ),
    );
  const everybody = baselineOf(anyone, statement.actions, statement.notAction, context);
  const { surely, perhaps } = othersThan(statement, everybody, context);
  const named = judge(statement, anyone, surely, context);
  return [{ ...named, perhaps: judge(statement, anyone, perhaps, context).admissions }];
}

/** Beyond that many actions that nobody knows, those of a statement are looked at together. */
const unknownLimit = 8;

/** Whom a principal stands for, for the actions that are known and for each that is not. */
export function baselineOf(
  principal: Principal,
  actions: readonly string[],
  notAction: boolean,
  context: ResourceContext,
): readonly Admission[] {
  const catalog = actionsOf(context.grammar);
  const set = catalog.matching(actions, notAction);
  const ofKnownActions = principalAdmissions(principal, set, context);
  const unknown = notAction ? [] : catalog.unknownIn(actions);
  const names = unknown.length > unknownLimit ? [unknown.join(', ')] : unknown;
  return [
    ...(set === 0n && names.length > 0 ? [] : ofKnownActions),
    ...names.flatMap((name) => supposed(principal, name, context)),
  ];
}

/** Whom an action lets in that nobody knows, as far as it may be use of the key or of data. */
const supposed = (principal: Principal, action: string, context: ResourceContext): readonly Admission[] =>
  principalAdmissions(principal, actionsOf(context.grammar).supposed, context).map((admission) =>
    withDoubt(
      { ...admission, unknownAction: action },
      `${action} is not known to this version and may be ${context.grammar.service === 'kms' ? 'use' : 'reading or writing'}`,
    ),
  );

function judge(
  statement: Statement,
  principal: Principal,
  baseline: readonly Admission[],
  context: ResourceContext,
): Named {
  let admissions = baseline.flatMap((admission) => withinResource(admission, statement, context));
  let contradiction: Condition | null = null;
  for (const condition of statement.conditions) {
    const left = admissions.flatMap((admission) =>
      alike(admission, [condition], context).flatMap((part) => underCondition(part, condition, context)),
    );
    if (left.length === 0 && admissions.length > 0) contradiction = condition;
    admissions = left;
  }
  return { principal, baseline, admissions, perhaps: [], contradiction };
}

function withinResource(
  admission: Admission,
  statement: Statement,
  context: ResourceContext,
): readonly Admission[] {
  const { holds, may } = splitByResource(admission, statement, context);
  return [...holds, ...may.map((part) => withDoubt(part, 'the Resource has policy variables'))];
}

/** The part of an admission that an Allow keeps under one line of its Condition block. */
export function underCondition(
  admission: Admission,
  condition: Condition,
  context: ResourceContext,
): readonly Admission[] {
  const named = accountsNamedBy(condition);
  if (named !== null && named.byAccount !== null && named.rest !== null)
    return [named.byAccount, named.rest].flatMap((part) => underCondition(admission, part, context));
  const { holds, may, fails } = splitByCondition(admission, condition, context);
  if (isVoidable(condition, admission, context))
    return [may === null && fails === null ? admission : withLeftover(admission, condition)];
  const kept = may === null ? [] : [withLeftover(may, condition)];
  return holds === null ? kept : [holds, ...kept];
}

/**
 * IfExists and ForAllValues let requests through that do not carry the key. Nothing is built on a promise that
 * the key for a caller's account or ARN is always carried.
 */
function isVoidable(condition: Condition, admission: Admission, context: ResourceContext): boolean {
  if (condition.negated || !(condition.ifExists || condition.over === 'all')) return false;
  const property = propertyOf(condition.id, admission, context);
  return (
    property.kind === 'dimension' && (property.dimension === 'accounts' || property.dimension === 'arns')
  );
}

/** The conditions that name a limiting key and yet leave anyone in, by name. */
export function voidConditions(
  statement: Statement,
  baseline: readonly Admission[],
  isUnlimited: (admission: Admission) => boolean,
  context: ResourceContext,
): readonly string[] {
  return statement.conditions
    .filter((condition) =>
      baseline.some((admission) => {
        if (!isUnlimited(admission) || !isLimitingKey(condition, admission, context)) return false;
        return underCondition(admission, condition, context).some(isUnlimited);
      }),
    )
    .map((condition) => `${named(condition)} ${whyVoid(condition)}`);
}

function isLimitingKey(condition: Condition, admission: Admission, context: ResourceContext): boolean {
  const property = propertyOf(condition.id, admission, context);
  if (property.kind === 'constant')
    return condition.id === 'aws:resourceaccount' || condition.id === 'aws:resourceorgid';
  return property.kind === 'dimension' && property.dimension !== 'services';
}

function whyVoid(condition: Condition): string {
  const { values, comparison } = condition;
  const isFilled = values.some((value) => value.includes('${'));
  if (condition.id.startsWith('aws:resource') && !isFilled) return 'is about the resource, not the caller';
  if (comparison === 'Null') return 'asks only whether the key is there';
  if (condition.negated) return 'only leaves some out';
  if (condition.ifExists) return 'lets requests without the key through';
  if (condition.over === 'all') return 'lets requests without the key through (ForAllValues)';
  if (values.length === 0) return 'has no value';
  if (isFilled) return 'has a policy variable that the caller fills';
  return 'fixes no account or organization';
}
