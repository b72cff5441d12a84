import type { RequestFacts, ResourceContext } from '../posture/access/admission.ts';
import { type OrganizationKnowledge, viewpointOf } from '../posture/access/knowledge.ts';
import { readPolicyOf } from '../posture/access/understood.ts';
import { viaService } from '../posture/cross-account/via-service.ts';
import type { JudgedPrincipal } from '../posture/iam/caller-requests.ts';
import type { SourcedPolicy } from '../posture/iam/clauses.ts';
import type { ResourcePolicies } from '../posture/iam/resource-policies.ts';
import { actionsOf } from '../posture/policy/action.ts';
import { unreadablePolicy } from '../posture/policy/document.ts';
import { contentsOf, type ServiceGrammar } from '../posture/policy/grammar.ts';
import { likePattern } from '../posture/policy/pattern.ts';
import type { ResourceRules } from '../posture/resource/rules.ts';
import { type KeyTold, notTold, type OtherTold, type ResourcePlace, type Told } from './facts.ts';
import { type DataKey, keyOfService, keyParts, type Part } from './key-parts.ts';
import { byNothing } from './question.ts';

/** One way to do what is asked: all of its parts must allow it. */
export interface Operation {
  /** `read`, `receive`, `decrypt` */
  readonly name: string;
  readonly parts: (judged: JudgedPrincipal) => readonly Part[];
}

/** What is asked about: any of its operations is enough. */
export interface Subject extends ResourcePlace {
  /** After "can … ": `read objects of the bucket orders`. */
  readonly asked: string;
  readonly operations: readonly Operation[];
}

/** Reading a queue, secret, table, …: every operation that reads. */
export function resourceSubject(
  told: OtherTold,
  rules: ResourceRules,
  data: DataKey,
  organization: OrganizationKnowledge,
): Subject {
  const { arn, region, partition } = told;
  const { grammar } = rules;
  const request: RequestFacts = {
    viaService: viaService(rules.viaService, {
      accountId: told.accountId,
      accountName: null,
      region,
      partition,
    }),
    encryptionContext: Object.fromEntries(
      Object.entries(rules.encryptionContext(arn)).map(([key, value]) => [key, likePattern(value)]),
    ),
  };
  const context = contextOf(told, grammar, organization);
  const contents = askedOf(arn, grammar);
  const resource: ResourcePolicies = {
    ...withPolicies(
      [
        ...documentsOf(policyToldOf(told, rules), grammar),
        ...(told.within === undefined ? [] : documentsOf(told.within, grammar)),
      ],
      contents === null ? context : { ...context, contents },
    ),
    underResourceControl: rules.coveredByRcps,
  };
  const open = openWithoutPolicy(told, rules);
  const operations = rules.operations.flatMap(({ name, access, actions, checkedAgainst, keyActions }) => {
    if (access !== 'read' || actions === null) return [];
    const parts = (judged: JudgedPrincipal): readonly Part[] => [
      open ?? { resource, groups: actions },
      ...(checkedAgainst === 'caller' ? keyParts(data, keyActions, request, judged, organization) : []),
      ...(checkedAgainst === 'service' ? keyOfService(data) : []),
    ];
    return [{ name, parts }];
  });
  const asked = `${operations.map(({ name }) => name).join(' or ')} (${told.service} ${told.resourceType})`;
  return { ...told, asked, operations };
}

/** Without a policy no IAM of anybody is asked, either; null: IAM and a policy decide. */
function openWithoutPolicy({ policy }: OtherTold, { withoutPolicy }: ResourceRules): Part | null {
  if (withoutPolicy === undefined || policy.state === 'not_told' || policy.value !== null) return null;
  return { links: [byNothing({ action: null }, 'resource_policy', 'not_known', withoutPolicy)] };
}

/** Its policy, where that decides alone, or with another one that is looked at. */
const policyToldOf = ({ policy }: OtherTold, { within, withinArn }: ResourceRules): OtherTold['policy'] =>
  within === undefined || withinArn !== undefined
    ? policy
    : notTold(`the policy of ${within} decides as well, and is not looked at`);

/** A table itself, not its indexes; all that is inside where only that can be reached; null: nothing is inside, or of several kinds. */
function askedOf(arn: string, grammar: ServiceGrammar): string | null {
  const { onEither, onContents } = actionsOf(grammar);
  if (onEither !== 0n && grammar.contents === undefined) return arn;
  const [first, ...more] = contentsOf(grammar, arn);
  return onContents === 0n || first === undefined || more.length > 0 ? null : first;
}

/** Decrypting with a key, by calls to KMS or through services. */
export function keySubject(key: KeyTold, organization: OrganizationKnowledge): Subject {
  const encryption = { state: 'key', arn: key.arn, isAwsManaged: false, accountId: key.accountId } as const;
  const parts = (judged: JudgedPrincipal): readonly Part[] =>
    keyParts({ encryption, key, missing: '' }, ['kms:Decrypt'], null, judged, organization);
  return { ...key, asked: `decrypt with the key ${key.arn}`, operations: [{ name: 'decrypt', parts }] };
}

/** Of requests to it by whatever way. */
export const contextOf = (
  { arn, accountId, region, partition }: ResourcePlace,
  grammar: ServiceGrammar,
  organization: OrganizationKnowledge,
): ResourceContext => ({
  grammar,
  arn,
  partition,
  viewpoint: viewpointOf(organization, accountId),
  ownCanonicalId: null,
  request: null,
  region,
});

/** A policy that was not read may allow or deny anything. */
export function documentsOf(policy: Told<string | null>, grammar: ServiceGrammar): readonly SourcedPolicy[] {
  if (policy.state === 'told' && policy.value === null) return [];
  const document =
    policy.state === 'told' ? readPolicyOf(grammar, policy.value ?? '') : unreadablePolicy(policy.why);
  return [{ kind: 'resource_policy', id: 'policy', document }];
}

/** Of a resource whose own account needs no policy of it. */
export const withPolicies = (
  policies: readonly SourcedPolicy[],
  context: ResourceContext,
): Omit<ResourcePolicies, 'underResourceControl'> => ({
  policies,
  unread: [],
  grants: new Map(),
  context,
  needsNoPolicy: true,
});
