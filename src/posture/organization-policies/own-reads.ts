import type { ResourceContext } from '../access/admission.ts';
import { type OrganizationKnowledge, viewpointOf } from '../access/knowledge.ts';
import { principalAdmissions } from '../access/principal-admissions.ts';
import { actionsOf } from '../policy/action.ts';
import { actionTable, noOwnKeys, own, type ServiceGrammar } from '../policy/grammar.ts';
import { readAwsPrincipal } from '../policy/principal.ts';
import { rulingsOn } from './compiled.ts';
import { afterDenials } from './denials.ts';
import type { OrganizationPolicies } from './policies.ts';
import { overPrincipals } from './standing.ts';
import { noneAllows, type Taking } from './taking.ts';

/** Who reads an account and region, and where. */
export interface OwnReads {
  /** The role that the plugin has assumed there, with its path. */
  readonly roleArn: string;
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
}

/**
 * The service control policies by which every one of these operations surely fails, whatever it is about; null: some
 * may be answered. Not sure are conditions that the plugin's own requests do not decide, and statements on resources.
 * @param operations of one service, `kms:ListKeys`
 */
export function deniedReads(
  operations: readonly string[],
  reads: OwnReads,
  knowledge: OrganizationKnowledge,
  policies: OrganizationPolicies,
): Taking | null {
  let first: Taking | null = null;
  for (const operation of operations) {
    const taking = deniedRead(operation, reads, knowledge, policies);
    if (taking === null) return null;
    first ??= taking;
  }
  return first;
}

function deniedRead(
  operation: string,
  { roleArn, accountId, region, partition }: OwnReads,
  knowledge: OrganizationKnowledge,
  policies: OrganizationPolicies,
): Taking | null {
  const standing = overPrincipals(policies, accountId);
  const principal = readAwsPrincipal(roleArn);
  if (standing.state !== 'bound' || principal === null) return null;
  const grammar = grammarOf(operation);
  const rulings = rulingsOn(grammar, standing);
  if (rulings.denies.length + rulings.allows.length === 0) return null;
  const context: ResourceContext = {
    grammar,
    // No statement but one on every resource covers it.
    arn: `arn:${partition}:${grammar.service}:${region}:${accountId}:any/any`,
    partition,
    viewpoint: viewpointOf(knowledge, accountId),
    ownCanonicalId: null,
    request: null,
    region,
    caller: { accountId, organizationId: knowledge.organizationId },
  };
  const reader = principalAdmissions(principal, actionsOf(grammar).all, context);
  const { admissions, takings } = afterDenials(reader, rulings, context);
  if (admissions.length === 0) return takings.find(({ kind }) => kind === 'denies') ?? null;
  const { unplaced } = rulings;
  if (unplaced.allows.length + unplaced.mayAllow.length > 0) return null;
  const closed = rulings.allows.find((level) => level.allows.length + level.mayAllow.length === 0);
  return closed === undefined ? null : noneAllows(closed, reader, context);
}

/** Compiled policies are kept by grammar, so there is one for each operation. */
const grammars = new Map<string, ServiceGrammar>();

function grammarOf(operation: string): ServiceGrammar {
  const cached = grammars.get(operation);
  if (cached !== undefined) return cached;
  const [service = '', action = ''] = operation.split(':');
  const actions = actionTable([own('read_metadata'), action]);
  const grammar: ServiceGrammar = { service, actions, ...noOwnKeys, anonymous: false };
  grammars.set(operation, grammar);
  return grammar;
}
