import { valueOrNull } from '../../aws/fact.ts';
import { type Admission, narrowed, type ResourceContext } from '../access/admission.ts';
import { contextOfKey, type KeyAccess } from '../access/key-access.ts';
import type { OrganizationKnowledge } from '../access/knowledge.ts';
import type { AccessFinding } from '../access/row.ts';
import { type KeySharing, sharingOfKey } from '../access/sharing.ts';
import { accountsOf, isOutsideAccount, organizationsLimiting, trustOf } from '../access/trust.ts';
import type { KeyFacts } from '../key-facts.ts';
import { meet, without } from '../policy/value-set.ts';
import type { OrganizationPolicies } from './policies.ts';
import { Remembered } from './remembered.ts';
import { underResourceControl, underServiceControl } from './restrict.ts';
import { overOrganization, overPrincipals, overResources, type Standing } from './standing.ts';
import { isSure, type Remaining, type Taking } from './taking.ts';

/** How widely a key is shared once organization policies have taken away what they surely take. */
export interface EffectiveSharing {
  readonly sharing: KeySharing['sharing'];
  readonly sharedAccountIds: KeySharing['sharedAccountIds'];
  readonly sharedOrganizationIds: KeySharing['sharedOrganizationIds'];
  readonly sharedOutsideOrganization: KeySharing['sharedOutsideOrganization'];
  /** False, too, where policies may take more away, or were not read. */
  readonly sharingComplete: KeySharing['sharingComplete'];
  /** The policies that took something away, ascending. */
  readonly policyIds: readonly string[];
}

type Facts = Pick<KeyFacts, 'scope' | 'arn' | 'tags' | 'metadata'>;

/** A key's findings under the policies of its organization. Each is worked out when it is first asked for. */
export class KeyUnderPolicies {
  readonly #access: KeyAccess;
  readonly #policies: OrganizationPolicies;
  readonly #context: ResourceContext;
  readonly #overKey: Standing;
  /** What of the key counts where policies do not ask for it. */
  readonly #place: string;
  readonly #known = new Map<Admission, UnderPolicies>();

  constructor(
    facts: Facts,
    access: KeyAccess,
    organization: OrganizationKnowledge,
    policies: OrganizationPolicies,
  ) {
    const { accountId, region } = facts.scope;
    const tags = valueOrNull(facts.tags);
    const metadata = valueOrNull(facts.metadata);
    this.#access = access;
    this.#policies = policies;
    this.#context = { ...contextOfKey(facts, organization, null), region, ...(tags && { tags }) };
    this.#overKey = metadata?.keyManager === 'AWS' ? { state: 'free' } : overResources(policies, accountId);
    this.#place = [accountId, region, this.#overKey.state].join();
  }

  /** The policies that surely take something of what a statement or grant gives, ascending. */
  limitedBy({ admissions }: AccessFinding): readonly string[] {
    return idsOf(admissions.flatMap((admission) => this.#of(admission).takings));
  }

  effectiveSharing(): EffectiveSharing {
    const { findings, sharing } = this.#access;
    const outside = new Set(
      findings.flatMap(({ admissions }) =>
        admissions.filter((admission) => isOutsideAccount(trustOf(admission, this.#context))),
      ),
    );
    if (outside.size === 0 || sharing.sharing === 'not_shareable') return { ...sharing, policyIds: [] };
    const all = [...outside].map((admission) => this.#of(admission));
    const takings = all.flatMap((under) => under.takings);
    const isWhole = takings.every(isSure) && all.every(({ isRead }) => isRead);
    const left = findings.map((finding) => ({
      ...finding,
      perhaps: finding.perhaps.flatMap((admission) => this.#of(admission).admissions),
      admissions: finding.admissions.flatMap((admission) =>
        outside.has(admission) ? this.#of(admission).admissions : [admission],
      ),
    }));
    return {
      ...sharingOfKey(left, [...(sharing.sharingGaps ?? []), ...(isWhole ? [] : doubt)], this.#context),
      policyIds: idsOf(takings),
    };
  }

  #of(admission: Admission): UnderPolicies {
    const cached = this.#known.get(admission);
    if (cached !== undefined) return cached;
    const under = remembered.of(this.#policies, this.#place, admission, () => this.#underPolicies(admission));
    this.#known.set(admission, under);
    return under;
  }

  #underPolicies(admission: Admission): UnderPolicies {
    const ofKey = underResourceControl([admission], this.#overKey, this.#context);
    const results = ofKey.admissions.flatMap((part) => this.#byStanding(part));
    return {
      admissions: results.flatMap(({ admissions }) => admissions),
      takings: [...ofKey.takings, ...results.flatMap(({ takings }) => takings)],
      isRead: this.#overKey.state !== 'not_read' && results.every(({ isRead }) => isRead),
    };
  }

  /** The principals of each account are under its own policies; those of an organization under the root's. */
  #byStanding(admission: Admission): readonly UnderPolicies[] {
    const { viewpoint } = this.#context;
    const accounts = accountsOf(admission);
    if (admission.caller !== 'identity') return [untouched(admission)];
    if (accounts === null) {
      const organizations = organizationsLimiting(admission) ?? [];
      const isOurs = organizations.length > 0 && organizations.every((id) => id === viewpoint.organizationId);
      return isOurs ? this.#ofOrganization(admission) : [untouched(admission)];
    }
    const groups = new Map<Standing, string[]>();
    for (const id of accounts) {
      const standing = overPrincipals(this.#policies, id);
      groups.set(standing, [...(groups.get(standing) ?? []), id]);
    }
    return [...groups].flatMap(([standing, ids]) => {
      const part = narrowed(admission, 'accounts', meet(admission.accounts, ids), viewpoint);
      return part === null
        ? []
        : [this.#ofPrincipals(part, standing, ids.length === 1 ? (ids[0] ?? null) : null)];
    });
  }

  /** The root's policies bind all accounts but the management account, which is let in as before. */
  #ofOrganization(admission: Admission): readonly UnderPolicies[] {
    const { viewpoint } = this.#context;
    const standing = overOrganization(this.#policies);
    const whole = this.#ofPrincipals(admission, standing, null);
    const { managementAccountId: management } = this.#policies;
    if (whole.takings.length === 0 || management === viewpoint.ownAccountId) return [whole];
    // Without its id nobody can say who is spared: somebody of the organization stays let in.
    if (management === null) return [{ ...whole, admissions: [admission], isRead: false }];
    const bound = narrowed(admission, 'accounts', without(admission.accounts, [management]), viewpoint);
    const spared = narrowed(admission, 'accounts', meet(admission.accounts, [management]), viewpoint);
    return [
      ...(bound === null ? [] : [this.#ofPrincipals(bound, standing, null)]),
      ...(spared === null ? [] : [untouched(spared)]),
    ];
  }

  #ofPrincipals(admission: Admission, standing: Standing, accountId: string | null): UnderPolicies {
    const caller = { accountId, organizationId: this.#context.viewpoint.organizationId };
    const left = underServiceControl([admission], standing, { ...this.#context, caller });
    return { ...left, isRead: standing.state !== 'not_read' };
  }
}

interface UnderPolicies extends Remaining {
  /** False where policies that bind were not read. */
  readonly isRead: boolean;
}

const doubt = ['organization_policies'] as const;

const remembered = new Remembered<UnderPolicies>();

const untouched = (admission: Admission): UnderPolicies => ({
  admissions: [admission],
  takings: [],
  isRead: true,
});

const idsOf = (takings: readonly Taking[]): readonly string[] =>
  [...new Set(takings.filter(isSure).flatMap(({ policies }) => policies.map(({ id }) => id)))].sort();
