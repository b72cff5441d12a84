import { valueOrNull } from '../../aws/fact.ts';
import type { Admission, RequestFacts, ResourceContext } from '../access/admission.ts';
import { withinAccount } from '../access/intersection.ts';
import { contextOfKey } from '../access/key-access.ts';
import { kms } from '../access/kms.ts';
import type { KeyFacts } from '../key-facts.ts';
import { asksForServices, type OrganizationPolicies } from '../organization-policies/policies.ts';
import { underResourceControl, underServiceControl } from '../organization-policies/restrict.ts';
import {
  overOrganization,
  overPrincipals,
  overResources,
  type Standing,
} from '../organization-policies/standing.ts';
import type { Remaining } from '../organization-policies/taking.ts';
import { actionsOf } from '../policy/action.ts';
import { likePattern } from '../policy/pattern.ts';
import type { AdmittedEntity, EntityNames, ExternalEntity } from './external-entities.ts';
import type { Judged } from './judged.ts';
import { isAsWide, namesIn } from './key-side.ts';
import { byWay, eitherTarget, type Target, targetsThrough } from './policy-targets.ts';
import { forGroup, together, withActions } from './together.ts';

/** Of the request for the data nothing is known of KMS; whether a service makes it is the caller's choice. */
const ofData: RequestFacts = { viaService: null, encryptionContext: {} };

/** What organization policies leave to those who are let in: to the resource, and to the key behind it. */
export class PolicyBounds {
  readonly #judged: Judged;
  readonly #policies: OrganizationPolicies;
  readonly #context: ResourceContext;
  readonly #overResource: Standing;
  readonly #namedAccounts: ReadonlySet<string>;

  /** @param entities those that are judged: what one of them is about, an organization as a whole is not */
  constructor(
    judged: Judged,
    policies: OrganizationPolicies,
    entities: readonly Pick<AdmittedEntity, 'entity'>[] = [],
  ) {
    const { context, region, coveredByRcps } = judged;
    this.#judged = judged;
    this.#policies = policies;
    this.#namedAccounts = new Set(
      entities.flatMap(({ entity }) => (entity.kind === 'account' ? [entity.id] : [])),
    );
    this.#context = { ...context, region, request: ofData };
    this.#overResource = coveredByRcps
      ? overResources(policies, context.viewpoint.ownAccountId)
      : { state: 'free' };
  }

  /** Whom the resource's policies still let in to the operation, with what takes away from the others. */
  ofResource(entity: ExternalEntity, admissions: readonly Admission[]): Remaining {
    const { actions } = this.#judged.operation;
    if (actions === null) return this.#ofReader(entity, admissions);
    const ways = byWay(admissions).map(([through, some]) => {
      const direct: Target = { context: this.#context, overResource: this.#overResource };
      if (through === undefined) return this.#ofCalls(entity, some, actions, direct);
      const targets = targetsThrough(through, direct, this.#policies);
      return eitherTarget(
        some,
        targets.map((target) => this.#ofCalls(entity, some.map(target.seen), actions, target)),
      );
    });
    return {
      admissions: ways.flatMap((way) => way.admissions),
      takings: ways.flatMap(({ takings }) => takings),
    };
  }

  /** Of requests for one resource, as policies name it. */
  #ofCalls(
    entity: ExternalEntity,
    admissions: readonly Admission[],
    actions: readonly (readonly string[])[],
    { context, overResource }: Target,
  ): Remaining {
    const inContext = (call: ResourceContext): Remaining => {
      const groups = actions.map((group) => {
        const left = underResourceControl(forGroup(admissions, group, context), overResource, call);
        const under = this.#ofPrincipals(entity, left.admissions, call);
        return { admissions: under.admissions, takings: [...left.takings, ...under.takings] };
      });
      return {
        admissions: together(
          groups.map((left) => left.admissions),
          context.viewpoint,
        ),
        takings: groups.flatMap(({ takings }) => takings),
      };
    };
    const either = inContext(context);
    if (either.admissions.length === 0 || !asksForServices(this.#policies)) return either;
    // Which way to come is the caller's choice, statement by statement; no statement leaves both where each way is denied.
    const ways = [false, true].map((isViaService) => inContext({ ...context, isViaService }));
    if (ways.some((way) => way.admissions.length > 0)) return either;
    return { admissions: [], takings: ways.flatMap(({ takings }) => takings) };
  }

  /** Accounts and organizations that resource control policies spare where they keep the rest out. */
  names(admissions: readonly Admission[]): EntityNames {
    const { operation, context } = this.#judged;
    if (operation.actions === null || this.#overResource.state !== 'bound')
      return { accounts: [], organizations: [] };
    const set = operation.actions.reduce(
      (all, group) => all | actionsOf(context.grammar).matching(group, false),
      0n,
    );
    return namesLeft(this.#underResourceControl(withActions(admissions, set), this.#context));
  }

  /** The same of the key's own, for an action of it. @param admissions whom its policies and grants let in */
  namesOfKey(
    admissions: readonly Admission[],
    action: string,
    facts: KeyFacts,
    request: RequestFacts,
  ): EntityNames {
    const overKey = overResources(this.#policies, facts.scope.accountId);
    if (overKey.state !== 'bound') return { accounts: [], organizations: [] };
    const asked = withActions(admissions, actionsOf(kms).named(action));
    return namesLeft(underResourceControl(asked, overKey, this.#contextOfKey(facts, request)));
  }

  /**
   * Who is still let in to an action of the key, of those whom its policies and grants let in.
   * @param action `kms:Decrypt`
   */
  ofKey(
    entity: ExternalEntity,
    admissions: readonly Admission[],
    action: string,
    facts: KeyFacts,
    request: RequestFacts,
  ): Remaining {
    const context = this.#contextOfKey(facts, request);
    const asked = withActions(admissions, actionsOf(kms).named(action));
    const left = underResourceControl(asked, overResources(this.#policies, facts.scope.accountId), context);
    const ofEntity =
      entity.kind === 'account'
        ? withinAccount(left.admissions, entity.id, context.viewpoint)
        : left.admissions;
    const under = this.#ofPrincipals(entity, ofEntity, context);
    return { admissions: under.admissions, takings: [...left.takings, ...under.takings] };
  }

  /** The standings that count for an entity. @param key that is asked whom it lets in; null: none is */
  standings(entity: ExternalEntity, key: KeyFacts | null): readonly Standing[] {
    return [
      this.#overResource,
      this.#overPrincipals(entity),
      ...(key === null ? [] : [overResources(this.#policies, key.scope.accountId)]),
    ];
  }

  /**
   * Whom a list lets in, as far as they may call one of the actions at all. The ARNs of such a call are of what it makes,
   * or the shared resource's without an account, so a policy for some ARNs of the service leaves it open. Who may not
   * call here may in another region, and copy from there.
   */
  #ofReader(entity: ExternalEntity, admissions: readonly Admission[]): Remaining {
    const { readerCalls } = this.#judged.operation;
    if (readerCalls === undefined) return { admissions, takings: [] };
    const { grammar, actions } = readerCalls;
    const set = actionsOf(grammar).matching(actions, false);
    // A list names no actions; what one principal may call, its own policies have narrowed.
    const asked = admissions.map((admission) => ({
      ...admission,
      actions: admission.actions === 0n ? set : admission.actions & set,
    }));
    const arn = likePattern(`arn:${this.#context.partition}:${grammar.service}:*`);
    const here = { ...this.#context, grammar, arn };
    const { region: _, ...anywhere } = here;
    const under = this.#ofPrincipals(entity, asked, here);
    const left = under.admissions.length > 0 ? under : this.#ofPrincipals(entity, asked, anywhere);
    // The actions are of a grammar that nobody else looks at.
    return { ...left, admissions: left.admissions.map((admission) => ({ ...admission, actions: 0n })) };
  }

  #underResourceControl(admissions: readonly Admission[], context: ResourceContext): Remaining {
    return underResourceControl(admissions, this.#overResource, context);
  }

  /** Whom service control policies leave, of those who are let in as widely as the entity. */
  #ofPrincipals(
    entity: ExternalEntity,
    admissions: readonly Admission[],
    context: ResourceContext,
  ): Remaining {
    const accountId = entity.kind === 'account' ? entity.id : null;
    const { organizationId } = this.#judged.context.viewpoint;
    const caller = context.caller?.identity ? context.caller : { accountId, organizationId };
    const under = underServiceControl(admissions, this.#overPrincipals(entity), { ...context, caller });
    const wide = under.admissions.filter((admission) => isAsWide(admission, entity));
    const management = under.takings.length === 0 ? null : this.#managementIn(entity);
    const free = management === null ? [] : this.#identitiesOf(management, admissions);
    if (management === null || free.length === 0) return { admissions: wide, takings: under.takings };
    const takings = under.takings.map((taking) => ({ ...taking, spared: management }));
    return { admissions: [...wide, ...free], takings: wide.length === 0 ? takings : under.takings };
  }

  /** The management account, which service control policies do not bind, where the entity stands for it, too. */
  #managementIn(entity: ExternalEntity): string | null {
    const { organizationId, ownAccountId } = this.#judged.context.viewpoint;
    const { managementAccountId } = this.#policies;
    if (entity.kind !== 'organization' || entity.id !== organizationId) return null;
    if (managementAccountId === null || this.#namedAccounts.has(managementAccountId)) return null;
    return managementAccountId === ownAccountId ? null : managementAccountId;
  }

  #identitiesOf(account: string, admissions: readonly Admission[]): readonly Admission[] {
    const identities = admissions.filter(({ caller }) => caller === 'identity');
    return withinAccount(identities, account, this.#judged.context.viewpoint);
  }

  #overPrincipals(entity: ExternalEntity): Standing {
    const { organizationId } = this.#judged.context.viewpoint;
    if (entity.kind === 'account') return overPrincipals(this.#policies, entity.id);
    if (entity.kind === 'organization' && entity.id === organizationId)
      return overOrganization(this.#policies);
    return { state: 'free' };
  }

  #contextOfKey(facts: KeyFacts, request: RequestFacts): ResourceContext {
    const tags = valueOrNull(facts.tags);
    return {
      ...contextOfKey(facts, this.#judged.context.viewpoint, request),
      region: facts.scope.region,
      ...(tags && { tags }),
    };
  }
}

const namesLeft = ({ admissions }: Remaining): EntityNames =>
  namesIn(admissions.filter(({ caller }) => caller === 'identity'));
