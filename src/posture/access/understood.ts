import { actionsOf } from '../policy/action.ts';
import { type PolicyDocument, readPolicy } from '../policy/document.ts';
import type { ServiceGrammar } from '../policy/grammar.ts';

/** Policies of a resource by their grammar; identical texts are one document (see `readPolicy`). */
const read = new WeakMap<PolicyDocument, Map<ServiceGrammar, PolicyDocument>>();

/** Reads the policy of a resource: not understood, too, is an Allow of an action that the service's grammar lacks. */
export function readPolicyOf(grammar: ServiceGrammar, text: string): PolicyDocument {
  const document = readPolicy(text);
  const cached = read.get(document)?.get(grammar);
  if (cached !== undefined) return cached;
  const result = withUnknownActions(document, grammar);
  read.set(document, (read.get(document) ?? new Map()).set(grammar, result));
  return result;
}

function withUnknownActions(document: PolicyDocument, grammar: ServiceGrammar): PolicyDocument {
  const catalog = actionsOf(grammar);
  const problems = document.statements.flatMap(({ effect, index, actions, notAction }) => {
    const unknown = effect === 'Allow' && !notAction ? catalog.unknownIn(actions) : [];
    return unknown.length === 0
      ? []
      : [`statement ${index} allows ${unknown.join(', ')}, which this version does not know`];
  });
  if (problems.length === 0) return document;
  const all = document.problem === null ? problems : [document.problem, ...problems];
  return { ...document, understood: false, problem: all.join('; ') };
}
