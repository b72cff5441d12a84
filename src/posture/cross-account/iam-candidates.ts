import type { Admission, ResourceContext } from '../access/admission.ts';
import type { PolicySet } from '../iam/shared-policies.ts';
import { type ActionSet, actionsOf } from '../policy/action.ts';
import { mayAllowAnything } from '../policy/document.ts';
import { contentsOf, type ServiceGrammar } from '../policy/grammar.ts';
import { ANY_TEXT, arnPattern, isLiteral, likePattern, overlaps } from '../policy/pattern.ts';
import { namesAccessPoints } from './access-point-arns.ts';
import type { JudgedOperation } from './judged.ts';

/** The ARNs of users and roles that admissions let in: whole, and with wildcards. */
export interface Named {
  readonly arns: ReadonlySet<string>;
  readonly patterns: readonly string[];
}

/** Null: they let in by more than ARNs. */
export function namedIn(admissions: readonly Admission[]): Named | null {
  const all: string[] = [];
  for (const { caller, arns } of admissions) {
    if (caller !== 'identity') continue;
    if (arns.only === null) return null;
    all.push(...arns.only);
  }
  return { arns: new Set(all.filter(isLiteral)), patterns: all.filter((arn) => !isLiteral(arn)) };
}

export const canBeLetIn = (arn: string, { arns, patterns }: Named): boolean =>
  arns.has(arn) || patterns.some((pattern) => overlaps(pattern, arn));

type Place = Pick<ResourceContext, 'grammar' | 'partition'>;

/** What a policy set allows for some actions: the Resource elements; null: it may be anything. */
type Touched = readonly string[] | null;

const cache = new WeakMap<PolicySet, WeakMap<ServiceGrammar, Map<ActionSet, Touched>>>();

/** Whether a policy set may allow an operation on a resource; false is proven, by its statements' actions and ARNs. */
export function touches(set: PolicySet, operation: JudgedOperation, context: ResourceContext): boolean {
  const { actions, readerCalls } = operation;
  const { grammar, arn } = context;
  if (actions === null)
    return (
      readerCalls === undefined ||
      touched(set, [readerCalls.actions], { ...context, grammar: readerCalls.grammar })?.length !== 0
    );
  const resources = touched(set, actions, context);
  if (resources === null) return true;
  const inside = contentsOf(grammar, arn);
  const beginnings = [arn, ...inside.map((pattern) => pattern.slice(0, pattern.indexOf(ANY_TEXT)))];
  return resources.some((text) => {
    const [beginning = ''] = /^[^*?$]*/.exec(text) ?? [];
    if (!beginnings.some((own) => own.startsWith(beginning) || beginning.startsWith(own))) return false;
    if (text.includes('${')) return true;
    const pattern = arnPattern(text) ?? likePattern(text);
    return overlaps(pattern, arn) || inside.some((one) => overlaps(pattern, one));
  });
}

function touched(set: PolicySet, groups: readonly (readonly string[])[], context: Place): Touched {
  const { grammar } = context;
  const catalog = actionsOf(grammar);
  const actions = groups.reduce((all, group) => all | catalog.matching(group, false), 0n);
  const ofSet = cache.get(set) ?? new WeakMap<ServiceGrammar, Map<ActionSet, Touched>>();
  cache.set(set, ofSet);
  const ofGrammar = ofSet.get(grammar) ?? new Map<ActionSet, Touched>();
  ofSet.set(grammar, ofGrammar);
  const cached = ofGrammar.get(actions);
  if (cached !== undefined) return cached;
  const found = resourcesAllowed(set, actions, context);
  ofGrammar.set(actions, found);
  return found;
}

function resourcesAllowed({ policies }: PolicySet, actions: ActionSet, context: Place): Touched {
  const catalog = actionsOf(context.grammar);
  const resources = new Set<string>();
  for (const { document } of policies) {
    if (mayAllowAnything(document)) return null;
    for (const statement of document.statements) {
      if (statement.effect !== 'Allow') continue;
      if ((catalog.matching(statement.actions, statement.notAction) & actions) === 0n) continue;
      if (statement.resources === null || statement.notResource) return null;
      if (namesAccessPoints(statement, context)) return null;
      for (const text of statement.resources) {
        if (text === '*') return null;
        resources.add(text);
      }
    }
  }
  return [...resources];
}
