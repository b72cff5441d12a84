import { valueOrNull } from '../../aws/fact.ts';
import { readPolicyOf } from '../access/understood.ts';
import type { PolicyDocument } from '../policy/document.ts';
import type { ServiceGrammar } from '../policy/grammar.ts';
import type { OnlyTo, ResourceFacts } from './resource-facts.ts';

/** The policies that decide about a resource, its own and that of what it is in, as one; null: none is known. */
export function policiesInForce(
  { sharing, within }: Pick<ResourceFacts, 'sharing' | 'within'>,
  grammar: ServiceGrammar,
): PolicyDocument | null {
  const shared = valueOrNull(sharing);
  if (shared?.by !== 'policy') return null;
  const { policy, onlyTo } = shared;
  const around = within === undefined ? null : valueOrNull(within);
  const texts = [policy, onlyTo === undefined || policy === null ? around : denyingOthers(onlyTo)];
  const [first, second] = texts.flatMap((text) => (text === null ? [] : [readPolicyOf(grammar, text)]));
  return first === undefined || second === undefined ? (first ?? null) : together(first, second);
}

/** A policy that denies everything to all but some: sessions of a role have its ARN there, and services have none. */
const denyingOthers = ({ principals }: OnlyTo): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Deny',
      Principal: '*',
      Action: '*',
      Resource: '*',
      ...(principals.length > 0 && { Condition: { ArnNotEquals: { 'aws:PrincipalArn': principals } } }),
    },
  });

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
