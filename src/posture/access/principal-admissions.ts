import type { ActionSet } from '../policy/action.ts';
import { arnPattern } from '../policy/pattern.ts';
import type { Principal } from '../policy/principal.ts';
import { absent, everything, exactly, present, type ValueSet } from '../policy/value-set.ts';
import type { Admission, ResourceContext } from './admission.ts';

/** Whom a principal element stands for, before any condition; empty when it admits nobody. */
export function principalAdmissions(
  principal: Principal,
  actions: ActionSet,
  context: ResourceContext,
): readonly Admission[] {
  if (principal.type === 'deleted' || inOtherPartition(principal, context)) return [];
  const base = {
    principal,
    contents: contentsOf(context),
    session: principal.session,
    actions,
    unknownAction: null,
    leftover: none,
    doubts: none,
  };
  if (principal.type === 'service') {
    const service: Admission = { caller: 'service', ...base, ...services };
    return [principal.text === 'Service:*' ? service : { ...service, services: exactly(principal.text) }];
  }
  const identity: Admission = {
    caller: 'identity',
    ...base,
    ...identities,
    services: throughOf(context),
  };
  if (principal.type === 'anyone' && principal.arn === null) {
    const signed: readonly Admission[] = [identity, { caller: 'service', ...base, ...services }];
    return context.grammar.anonymous
      ? [...signed, { caller: 'anonymous', ...base, ...nobodySigned }]
      : signed;
  }
  const doubt = openness(principal);
  return [
    {
      ...identity,
      ...placeOf(principal),
      doubts: doubt === null ? none : [doubt],
    },
  ];
}

const none: readonly never[] = [];

/** There is no trust across partitions. */
export const inOtherPartition = (principal: Principal, context: ResourceContext): boolean =>
  principal.partition !== null &&
  !/[*?]/.test(principal.partition) &&
  principal.partition !== context.partition;

type Properties = Pick<Admission, 'accounts' | 'organizations' | 'arns' | 'services' | 'delegates'>;

const identities: Properties = {
  accounts: present,
  organizations: everything,
  arns: present,
  services: everything,
  delegates: everything,
};

/** What inside the resource, or by a request to the key, the requests may be about. */
function contentsOf({ request, contents }: ResourceContext): ValueSet {
  if (contents !== undefined) return exactly(contents);
  const value = request?.contents === undefined ? undefined : request.encryptionContext[request.contents];
  return value === undefined ? present : exactly(value);
}

const throughOf = ({ request }: ResourceContext): ValueSet => {
  if (request === null) return everything;
  return request.viaService === null ? absent : exactly(request.viaService);
};

const services: Properties = {
  accounts: everything,
  organizations: everything,
  arns: everything,
  services: present,
  delegates: absent,
};

const nobodySigned: Properties = {
  accounts: absent,
  organizations: absent,
  arns: absent,
  services: absent,
  delegates: everything,
};

type Place = Pick<Admission, 'accounts' | 'arns'>;

/** Principals are read once and stand in many policies. */
const places = new WeakMap<Principal, Place>();

function placeOf(principal: Principal): Place {
  const cached = places.get(principal);
  if (cached !== undefined) return cached;
  const accounts = principal.accountId === null ? present : exactly(principal.accountId);
  const place: Place = { accounts, arns: arnsOf(principal) };
  places.set(principal, place);
  return place;
}

/** aws:PrincipalArn of a role's session is the role's ARN, whose path the session does not tell. */
function arnsOf({ arn, session, partition, accountId }: Principal): ValueSet {
  if (session !== null) {
    const role = `arn:${partition}:iam::${accountId ?? '*'}:role/`;
    return exactly(
      ...[`${role}${session.role}`, `${role}*/${session.role}`].map((text) => arnPattern(text) ?? text),
    );
  }
  return arn === null ? present : exactly(arnPattern(arn) ?? arn);
}

function openness(principal: Principal): string | null {
  if (principal.accountId !== null || principal.type === 'canonical') return null;
  if (principal.type === 'federated') return `only sessions of the web identity provider ${principal.text}`;
  return "the principal's ARN leaves the account open";
}
