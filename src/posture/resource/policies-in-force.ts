import { valueOrNull } from '../../aws/fact.ts';
import { readPolicyOf } from '../access/understood.ts';
import type { PolicyDocument } from '../policy/document.ts';
import type { ServiceGrammar } from '../policy/grammar.ts';
import type { ResourceFacts } from './resource-facts.ts';

/** The policies that decide about a resource, its own and that of what it is in, as one; null: none is known. */
export function policiesInForce(
  { sharing, within }: Pick<ResourceFacts, 'sharing' | 'within'>,
  grammar: ServiceGrammar,
): PolicyDocument | null {
  const shared = valueOrNull(sharing);
  if (shared?.by !== 'policy') return null;
  const texts = [shared.policy, within === undefined ? null : valueOrNull(within)];
  const [first, second] = texts.flatMap((text) => (text === null ? [] : [readPolicyOf(grammar, text)]));
  return first === undefined || second === undefined ? (first ?? null) : together(first, second);
}

const cache = new WeakMap<PolicyDocument, WeakMap<PolicyDocument, PolicyDocument>>();

/** Documents are the same where they say the same: what is found out of one is kept by it. */
function together(first: PolicyDocument, second: PolicyDocument): PolicyDocument {
  const cached = cache.get(first)?.get(second);
  if (cached !== undefined) return cached;
  const both: PolicyDocument = {
    ...first,
    understood: first.understood && second.understood,
    problem: first.problem ?? second.problem,
    statements: [...first.statements, ...second.statements],
    unread: [...first.unread, ...second.unread],
  };
  cache.set(first, (cache.get(first) ?? new WeakMap()).set(second, both));
  return both;
}
