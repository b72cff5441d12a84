import type { Admission, RequestFacts, ResourceContext } from '../access/admission.ts';
import { anyCommonPrincipal, commonPrincipalOfAll, type Verdict } from '../access/intersection.ts';
import { accountsOf, organizationsLimiting } from '../access/trust.ts';
import type { KeyFacts } from '../key-facts.ts';
import type { ResourceKey } from '../resource-key.ts';
import { type KeySide, keySide, namesOf } from './key-side.ts';
import { keyStateUse } from './key-state.ts';
import { type AdmittedParty, type Party, partiesOf } from './parties.ts';
import { canUse, isBlocked, type PartyUse } from './use.ts';

/** One operation on a resource, with what it asks of the resource's policy and of its key. */
export interface JudgedOperation {
  /** `read`, `publish`, `copy`, …: the word of `judged_operation`. */
  readonly name: string;
  /** What KMS must allow whoever is checked: `Decrypt`. */
  readonly keyActions: readonly string[];
  /** What KMS sees of the request that an admission to the resource leads to. */
  readonly request: (admission: Admission) => RequestFacts;
}

/** What is judged. */
export interface Judged {
  /** Whom the resource's policy lets in to the operation. */
  readonly admissions: readonly Admission[];
  readonly context: ResourceContext;
  readonly operation: JudgedOperation;
  readonly key: ResourceKey;
  /** `service`: the service itself uses the key, so that only the key's state can stop a party. */
  readonly checkedAgainst: 'caller' | 'service';
  /** True: a block keeps everybody but services out, whatever the policy says; null: not known. */
  readonly publicAccessBlocked: boolean | null;
}

/** What became of one party. */
export interface PartyVerdict {
  readonly party: Party;
  readonly use: PartyUse;
  /** The resource's side of it: which part of the resource, under which conditions. */
  readonly admissions: readonly Admission[];
}

/** Whether each party that the resource lets in can carry out the operation in the face of the key. */
export function judgeParties(judged: Judged): readonly PartyVerdict[] {
  const { admissions, context, key } = judged;
  const sides = new KeySides(judged);
  const names =
    key.state === 'found' && judged.checkedAgainst === 'caller'
      ? sides.names(admissions)
      : { accounts: [], organizations: [] };
  return partiesOf(admissions, names, context).map((admitted) => ({
    ...admitted,
    use: useOf(admitted, judged, sides),
  }));
}

function useOf({ party, admissions }: AdmittedParty, judged: Judged, sides: KeySides): PartyUse {
  const { key, checkedAgainst, publicAccessBlocked } = judged;
  // Services pass the block, also when they act for another account.
  const passing = admissions.filter(isOfService);
  if (publicAccessBlocked === true && passing.length < admissions.length) {
    const use = passing.length === 0 ? null : keyUse(party, passing, key, checkedAgainst, sides);
    return use === null || isBlocked(use) ? 'blocked_by_public_access_block' : use;
  }
  // It may be a principal of the own account, which no key locks out.
  if (party.kind === 'someone') return 'unknown';
  const use = keyUse(party, admissions, key, checkedAgainst, sides);
  // What a block or an access point's policy may take away is not known to be possible; nor is it for an account
  // that nobody can name.
  const mayBeBlocked = publicAccessBlocked === null && passing.length < admissions.length;
  const open = mayBeBlocked || party.kind === 'access_point' || party.kind === 'canonical_user';
  return open && canUse(use) ? 'unknown' : use;
}

const isOfService = ({ population, principal }: Admission): boolean =>
  population === 'service' || principal.type === 'pseudo_account';

function keyUse(
  party: Party,
  admissions: readonly Admission[],
  key: ResourceKey,
  checkedAgainst: Judged['checkedAgainst'],
  sides: KeySides,
): PartyUse {
  if (key.state === 'none') return 'no_kms_barrier';
  if (key.state === 'gone') return 'blocked_by_key_state';
  if (key.state === 'unknown') return 'unknown';
  if (key.state === 'aws_managed' && checkedAgainst === 'caller') return 'blocked_by_aws_managed_key';
  const state = key.facts === null ? null : keyStateUse(key.facts);
  if (state === 'blocked_by_key_state' || checkedAgainst === 'service') return state ?? 'possible';
  // No key policy can name them: an origin access identity of CloudFront cannot read what KMS encrypts.
  if (admissions.every(({ principal }) => principal.type === 'pseudo_account'))
    return 'blocked_by_key_policy';
  if (key.facts === null) return 'unknown';
  const verdict = sides.verdict(party, admissions, key.facts);
  if (verdict === 'no') return 'blocked_by_key_policy';
  return verdict === 'yes' && state === null ? 'possible' : 'unknown';
}

/** Whom the key lets in, worked out once for each different request. */
class KeySides {
  readonly #judged: Judged;
  readonly #sides = new Map<string, KeySide>();

  constructor(judged: Judged) {
    this.#judged = judged;
  }

  /** Everybody that the key names for any of the requests that the admissions lead to. */
  names(admissions: readonly Admission[]): { accounts: string[]; organizations: string[] } {
    const { key } = this.#judged;
    if (key.state !== 'found') return { accounts: [], organizations: [] };
    const all = admissions.map((admission) => namesOf(this.#side(admission, key.facts)));
    return {
      accounts: all.flatMap(({ accounts }) => accounts),
      organizations: all.flatMap(({ organizations }) => organizations),
    };
  }

  /** Is there one principal of the party that the resource and the key both let in? */
  verdict(party: Party, admissions: readonly Admission[], facts: KeyFacts): Verdict {
    const verdicts = admissions.map((admission) => this.#verdictOf(party, admission, facts));
    if (verdicts.includes('yes')) return 'yes';
    return verdicts.includes('unknown') ? 'unknown' : 'no';
  }

  #verdictOf(party: Party, admission: Admission, facts: KeyFacts): Verdict {
    const { context } = this.#judged;
    const { together, separately, complete } = this.#side(admission, facts);
    const wide = (list: readonly Admission[]) => list.filter((one) => isAsWide(one, party));
    const verdict = anyCommonPrincipal([admission], wide(together), context.viewpoint, complete);
    if (verdict === 'yes' || separately.length === 1) return verdict;
    return commonPrincipalOfAll(admission, separately.map(wide), context.viewpoint, complete);
  }

  #side(admission: Admission, facts: KeyFacts): KeySide {
    const { operation, context } = this.#judged;
    const request = operation.request(admission);
    const name = JSON.stringify(request);
    const known = this.#sides.get(name);
    if (known !== undefined) return known;
    const side = keySide(facts, operation.keyActions, request, context.viewpoint);
    this.#sides.set(name, side);
    return side;
  }
}

/** A key that names some accounts does not let in an organization, or anyone, as a whole. */
function isAsWide(admission: Admission, { kind }: Party): boolean {
  if (kind === 'organization') return accountsOf(admission) === null;
  if (kind === 'anyone') return accountsOf(admission) === null && organizationsLimiting(admission) === null;
  return true;
}
