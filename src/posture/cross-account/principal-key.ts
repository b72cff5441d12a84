import type { Grant } from '../../services/kms/facts.ts';
import { type Admission, type RequestFacts, withContents } from '../access/admission.ts';
import { type Decision, isCertain } from '../access/intersection.ts';
import { isRead } from '../access/key-access.ts';
import { kms } from '../access/kms.ts';
import type { OrganizationKnowledge } from '../access/knowledge.ts';
import { isGranteeKnown } from '../iam/grant-side.ts';
import { keyPolicies } from '../iam/key-policies.ts';
import type { ResourcePolicies } from '../iam/resource-policies.ts';
import { verdictFor } from '../iam/verdict.ts';
import { identityPolicies } from '../iam/weigh.ts';
import type { KeyFacts } from '../key-facts.ts';
import type { OrganizationPolicies } from '../organization-policies/policies.ts';
import { overPrincipals, overResources } from '../organization-policies/standing.ts';
import { actionsOf } from '../policy/action.ts';
import { isObject } from '../policy/condition.ts';
import type { PolicyDocument } from '../policy/document.ts';
import { isLiteral, likePattern } from '../policy/pattern.ts';
import { isEmpty, isSame, meet } from '../policy/value-set.ts';
import type { ResourceKey } from '../resource-key.ts';
import type { Judged } from './judged.ts';
import { ofTheKey } from './key-serves.ts';
import type { Reader } from './principal-data.ts';
import { canUse, isBlocked } from './use.ts';

/** Whether somebody has something, and what decides where that is not sure, a phrase each. */
export interface Reach {
  readonly decision: Decision;
  readonly dependsOn: readonly string[];
}

const no: Reach = { decision: 'no', dependsOn: [] };

/** What one key of a resource says to single users and roles of an account. */
export class PrincipalsKey {
  readonly #judged: Judged;
  readonly #key: ResourceKey;
  /** Null where no policy of a key is asked, or it was not read. */
  readonly policies: ResourcePolicies | null;
  readonly #isComplete: boolean;
  readonly #isSure: boolean;

  constructor(judged: Judged, key: ResourceKey, accountId: string) {
    this.#judged = judged;
    this.#key = key;
    const facts = key.state === 'found' && judged.checkedAgainst === 'caller' ? key.facts : null;
    this.policies = facts && keyPolicies(facts, readFor(judged.context.viewpoint, accountId, facts));
    // A grant that was not read may let in; a policy AWS_RAM that was not read may deny as well.
    this.#isSure = facts !== null && isRead(facts.ramPolicy);
    this.#isComplete =
      this.#isSure && facts?.grants.state === 'known' && facts.grants.value.every(isGranteeKnown);
  }

  /** Whether somebody can do with a part of the resource's data what the operation does, by this key. */
  reach(reader: Reader, data: Admission): Reach {
    const parts = this.#partsOf(reader, data).map((part) => this.#ofPart(reader, part));
    return best(parts);
  }

  #ofPart(reader: Reader, data: Admission): Reach {
    const { checkedAgainst, context, operation, publicAccessBlocked } = this.#judged;
    const key = this.#key;
    const answer = ofTheKey(key, checkedAgainst);
    if (answer !== null && isBlocked(answer.use)) return no;
    const open = [...data.leftover.map((condition) => condition.key), ...data.doubts];
    const isOpen = !isCertain(data, context.viewpoint) || publicAccessBlocked === null;
    const decide = (isSure: boolean, dependsOn: readonly string[]): Reach => ({
      decision: isSure && !isOpen ? 'yes' : 'unknown',
      dependsOn: [...open, ...dependsOn],
    });
    if (answer?.decides === true) return decide(canUse(answer.use), []);
    if (this.policies === null) return decide(false, []);
    const asked = operation.keyActions.reduce((set, action) => set | actionsOf(kms).named(action), 0n);
    const { sure, most, dependsOn } = this.#verdict(reader, operation.request(data), this.policies);
    const hasAll = (set: bigint): boolean => (set & asked) === asked;
    if (!hasAll(most))
      return this.#isComplete ? no : decide(false, ['grants or policies of the key that were not read']);
    return decide(hasAll(sure) && this.#isSure && answer === null, hasAll(sure) ? [] : dependsOn);
  }

  #verdict({ judged, ...own }: Reader, request: RequestFacts, key: ResourcePolicies) {
    const verdict = verdictFor(judged, own, { ...key, context: { ...key.context, request } });
    return verdict ?? { sure: 0n, most: 0n, dependsOn: [] };
  }

  /** The data, and the parts of it that policies name by the encryption context: all of a part may fare better. */
  #partsOf({ policySet }: Reader, data: Admission): readonly Admission[] {
    const { contents } = this.#judged.operation.request(data);
    if (contents === undefined || this.policies === null) return [data];
    const own = policySet === null ? [] : identityPolicies(policySet);
    const documents = [...this.policies.policies, ...own].map(({ document }) => document);
    const ofGrants = [...this.policies.grants.values()]
      .flat()
      .flatMap((grant) => contextValues(grant, contents));
    const patterns = new Set([
      ...documents.flatMap((document) => contentsNamed(document, contents)),
      ...ofGrants,
    ]);
    const parts = [...patterns].flatMap((pattern) => {
      const part = meet(data.contents, [pattern]);
      return isEmpty(part) || isSame(part, data.contents) ? [] : [withContents(data, part)];
    });
    return [data, ...parts];
  }
}

/** The best of several, of which one is enough. */
export function best(reaches: readonly Reach[]): Reach {
  const yes = reaches.find(({ decision }) => decision === 'yes');
  if (yes !== undefined) return yes;
  const open = reaches.filter(({ decision }) => decision === 'unknown');
  return open.length === 0
    ? no
    : { decision: 'unknown', dependsOn: open.flatMap(({ dependsOn }) => dependsOn) };
}

/** What comes of several that are all needed. */
export function allNeeded(reaches: readonly Reach[]): Reach {
  if (reaches.some(({ decision }) => decision === 'no')) return no;
  return {
    decision: reaches.every(({ decision }) => decision === 'yes') ? 'yes' : 'unknown',
    dependsOn: reaches.flatMap(({ dependsOn }) => dependsOn),
  };
}

/** What a grant's constraints name of what is inside the resource. */
const contextValues = ({ constraints }: Grant, contextKey: string): readonly string[] =>
  [constraints?.EncryptionContextEquals, constraints?.EncryptionContextSubset].flatMap((context) => {
    const value = isObject(context) ? context[contextKey] : undefined;
    return typeof value === 'string' && isLiteral(value) ? [value] : [];
  });

/** What a policy's conditions name of what is inside the resource, by the encryption context. */
function contentsNamed({ statements }: PolicyDocument, contextKey: string): readonly string[] {
  const id = `kms:encryptioncontext:${contextKey.toLowerCase()}`;
  return statements
    .flatMap(({ conditions }) => conditions)
    .filter((condition) => condition.id === id && !condition.negated)
    .flatMap(({ comparison, values }) =>
      values
        .filter((value) => !value.includes('${'))
        .map((value) => (comparison === 'StringEquals' ? value : likePattern(value)))
        .filter((value) => comparison !== 'StringEquals' || isLiteral(value)),
    );
}

/** Organization policies that were not read are left out, here as for accounts: the row says that they were not. */
function readFor(
  knowledge: OrganizationKnowledge,
  accountId: string,
  { scope }: KeyFacts,
): OrganizationKnowledge {
  const { policies } = knowledge;
  if (policies === undefined) return knowledge;
  const left: Partial<Pick<OrganizationPolicies, 'serviceControl' | 'resourceControl'>> = {
    ...(overPrincipals(policies, accountId).state === 'not_read' && { serviceControl: notEnabled }),
    ...(overResources(policies, scope.accountId).state === 'not_read' && { resourceControl: notEnabled }),
  };
  return Object.keys(left).length === 0 ? knowledge : { ...knowledge, policies: { ...policies, ...left } };
}

const notEnabled = { state: 'not_enabled' } as const;
