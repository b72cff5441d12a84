import type { Admission, ResourceContext } from '../access/admission.ts';
import { isAwsAccount } from '../access/aws-accounts.ts';
import { withoutSourceFragments } from '../access/fragments.ts';
import { isByUniqueId, uniqueIdText } from '../access/identity.ts';
import { withinAccount, withinOrganization, withinServices } from '../access/intersection.ts';
import { serviceNames } from '../access/service-names.ts';
import {
  accountsOf,
  isOutsideAccount,
  isUnlimited,
  organizationsLimiting,
  trustOf,
} from '../access/trust.ts';
import { written } from '../policy/pattern.ts';
import type { Principal } from '../policy/principal.ts';
import { members } from '../policy/value-set.ts';

/** Someone outside the owner's account whom a resource lets in: what IAM Access Analyzer calls an external entity. */
export type ExternalEntity =
  | { readonly kind: 'account'; readonly id: string }
  | { readonly kind: 'organization'; readonly id: string }
  /** Any AWS identity, as far as no other entity is named, or nobody that signs. */
  | { readonly kind: 'anyone' }
  /** An AWS service by its service principal or pseudo-account. */
  | { readonly kind: 'service'; readonly id: string }
  /** By an id that tells no account (`aws:userid`): of the own account or of any other. */
  | { readonly kind: 'unique_id'; readonly id: string }
  /** By canonical user id: whose account that is, AWS does not say. */
  | { readonly kind: 'canonical_user'; readonly id: string }
  /** Whoever the policies of an account's access points let in; `isOwn`: the account is the owner's. */
  | { readonly kind: 'access_point'; readonly id: string; readonly isOwn: boolean };

/** An entity with the part of the resource's admissions that lets it in. */
export interface AdmittedEntity {
  readonly entity: ExternalEntity;
  readonly admissions: readonly Admission[];
}

/** Accounts and organizations, by their ids. */
export interface EntityNames {
  readonly accounts: readonly string[];
  readonly organizations: readonly string[];
}

/** Who is let in by a resource's admissions, each once, the owner's own account left out. */
export class ExternalEntities {
  readonly admissions: readonly Admission[];
  /** As the resource alone tells them. */
  readonly all: readonly AdmittedEntity[];
  readonly #accounts: ByName;
  readonly #organizations: ByName;
  readonly #unnamed: readonly AdmittedEntity[];

  constructor(admissions: readonly Admission[], context: ResourceContext) {
    const { viewpoint } = context;
    const identities = admissions.filter((admission) => kindOf(admission, context) === 'identity');
    const acting = actingForOthers(admissions, context);
    const some = [...identities, ...acting.filter((admission) => accountsOf(admission) !== null)];
    const open = [...identities, ...acting].filter((admission) => accountsOf(admission) === null);
    this.admissions = admissions;
    this.#accounts = new ByName(
      some.flatMap((admission) => accountsOf(admission) ?? []),
      (id) =>
        id === viewpoint.ownAccountId || isAwsAccount(id)
          ? null
          : { entity: { kind: 'account', id }, admissions: withinAccount(some, id, viewpoint) },
    );
    this.#organizations = new ByName(
      open.flatMap((admission) => organizationsLimiting(admission) ?? []),
      (id) => ({
        entity: { kind: 'organization', id },
        admissions: withinOrganization(open, id, viewpoint),
      }),
    );
    this.#unnamed = withoutAccount(admissions, context);
    this.all = this.with({ accounts: [], organizations: [] });
  }

  /** With those that the key names: where the resource lets in more widely, they may fare better than the rest. */
  with(keyNames: EntityNames): readonly AdmittedEntity[] {
    return [
      ...this.#accounts.with(keyNames.accounts),
      ...this.#organizations.with(keyNames.organizations),
      ...this.#unnamed,
    ];
  }
}

/** Entities of one kind: each is worked out once, whatever number of keys and operations ask for it. */
class ByName {
  readonly #ownNames: readonly string[];
  readonly #workOut: (name: string) => AdmittedEntity | null;
  readonly #workedOut = new Map<string, AdmittedEntity | null>();

  /** @param workOut null: it is no external entity */
  constructor(ownNames: readonly string[], workOut: (name: string) => AdmittedEntity | null) {
    this.#ownNames = ownNames;
    this.#workOut = workOut;
  }

  /** The resource's own and the given ones that are let in, by ascending name. */
  with(names: readonly string[]): readonly AdmittedEntity[] {
    return [...new Set([...this.#ownNames, ...names])].sort().flatMap((name) => {
      const admitted = this.#get(name);
      return admitted === null || admitted.admissions.length === 0 ? [] : [admitted];
    });
  }

  #get(name: string): AdmittedEntity | null {
    const before = this.#workedOut.get(name);
    if (before !== undefined) return before;
    const admitted = this.#workOut(name);
    this.#workedOut.set(name, admitted);
    return admitted;
  }
}

/** Those whom no account or organization stands for. */
function withoutAccount(
  admissions: readonly Admission[],
  context: ResourceContext,
): readonly AdmittedEntity[] {
  const { viewpoint } = context;
  const entities = new Map<string, AdmittedEntity>();
  const add = (entity: ExternalEntity, part: readonly Admission[]): void => {
    const name = `${entity.kind} ${'id' in entity ? entity.id : ''}`;
    const before = entities.get(name)?.admissions ?? [];
    if (part.length > 0) entities.set(name, { entity, admissions: [...before, ...part] });
  };
  const services = admissions.filter(({ caller }) => caller === 'service');
  for (const name of new Set(services.flatMap((admission) => serviceNames(admission) ?? []))) {
    add({ kind: 'service', id: written(name) }, withinServices(services, [name], viewpoint));
  }
  for (const admission of admissions) {
    const kind = kindOf(admission, context);
    if (kind === 'identity' && isUnlimited(admission) && isByUniqueId(admission)) {
      add({ kind: 'unique_id', id: uniqueIdText(admission) }, [admission]);
    } else if (kind === 'anonymous' || (kind === 'identity' && isUnlimited(admission))) {
      add({ kind: 'anyone' }, [admission]);
    } else if (kind === 'service') {
      // Any service, or an account or user of AWS's own, goes by what the policy writes.
      const isNamed = admission.caller === 'service' && serviceNames(admission) !== null;
      if (!isNamed) add({ kind, id: admission.principal.text }, [admission]);
    } else if (kind === 'canonical_user') {
      add({ kind, id: admission.principal.text }, [admission]);
    } else if (kind === 'access_point') {
      for (const id of members(admission.delegates) ?? [])
        add({ kind, id, isOwn: id === viewpoint.ownAccountId }, [admission]);
    }
  }
  return [...entities.values()];
}

/**
 * Services that act for other accounts or organizations only: that lets those in, by way of the service. Parts of
 * one principal are looked at together, as where the accounts are listed that a policy lets in.
 */
function actingForOthers(admissions: readonly Admission[], context: ResourceContext): readonly Admission[] {
  const byPrincipal = new Map<Principal, Admission[]>();
  for (const admission of admissions) {
    if (admission.caller !== 'service') continue;
    const parts = byPrincipal.get(admission.principal) ?? [];
    byPrincipal.set(admission.principal, [...parts, admission]);
  }
  return [...byPrincipal.values()]
    .flatMap(withoutSourceFragments)
    .filter((admission) => isOutsideAccount(trustOf(admission, context)))
    .flatMap((admission) => {
      const names = serviceNames(admission);
      return names === null ? [admission] : withinServices([admission], names, context.viewpoint);
    });
}

type AdmissionKind = 'identity' | 'service' | 'anonymous' | 'canonical_user' | 'access_point' | 'other';

/** What sort of entity an admission is about; `other`: nobody whose use is judged. */
function kindOf(admission: Admission, context: ResourceContext): AdmissionKind {
  const { principal, caller } = admission;
  if (principal.type === 'pseudo_account') return 'service';
  // Services that a `*` lets in along with everybody have no name.
  if (caller === 'service')
    return principal.type === 'service' || serviceNames(admission) !== null ? 'service' : 'other';
  const accounts = accountsOf(admission);
  if (accounts !== null) {
    const beyond = accounts.filter((id) => id !== context.viewpoint.ownAccountId);
    if (beyond.length === 0) return 'other';
    return beyond.every(isAwsAccount) ? 'service' : 'identity';
  }
  if (principal.type === 'canonical')
    return principal.text === context.ownCanonicalId ? 'other' : 'canonical_user';
  if (isUnlimited(admission) && members(admission.delegates) !== null) return 'access_point';
  return caller === 'anonymous' ? 'anonymous' : 'identity';
}
