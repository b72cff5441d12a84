import type { Admission, ResourceContext } from '../access/admission.ts';
import type { CallerIdentity } from '../access/caller.ts';
import { organizationsOf } from '../access/knowledge.ts';
import { principalAdmissions } from '../access/principal-admissions.ts';
import { actionsOf } from '../policy/action.ts';
import { type Principal, readAwsPrincipal } from '../policy/principal.ts';
import { members } from '../policy/value-set.ts';
import type { Identity } from './account-iam.ts';
import { takesSessionTags } from './assumable.ts';

/** Somebody whose rights are judged: a user, a role, or the root user of an account. */
export interface JudgedPrincipal {
  readonly accountId: string;
  readonly identity: CallerIdentity;
}

export const judgedIdentity = (given: Identity): JudgedPrincipal => {
  const { accountId, type, arn, name, id } = given;
  return { accountId, identity: { type, arn, name, id, tags: tagsOfSessions(given) } };
};

/** The tags that all its sessions have; null: they may have others. */
export const tagsOfSessions = ({ tags, trust }: Pick<Identity, 'tags' | 'trust'>): Identity['tags'] | null =>
  trust !== null && takesSessionTags(trust) ? null : tags;

export const rootUser = (accountId: string, partition: string): JudgedPrincipal => ({
  accountId,
  identity: {
    type: 'root',
    arn: `arn:${partition}:iam::${accountId}:root`,
    name: null,
    id: accountId,
    tags: {},
  },
});

/** All requests of a principal to a resource, and what is known of them. */
export interface CallerRequests {
  readonly requests: Admission;
  readonly context: ResourceContext;
}

/** Null for an ARN that is of no principal. */
export function requestsOf(judged: JudgedPrincipal, context: ResourceContext): CallerRequests | null {
  const { accountId, identity } = judged;
  const organizations = organizationsOf(context.viewpoint, accountId);
  const organizationId = members(organizations)?.[0] ?? null;
  const ofCaller: ResourceContext = { ...context, caller: { accountId, organizationId, identity } };
  const principal = principalOf(judged);
  const catalog = actionsOf(context.grammar);
  const actions = accountId === context.viewpoint.ownAccountId ? catalog.all : catalog.acrossAccounts;
  const [requests] =
    principal === null ? [] : principalAdmissions(principal, actions & catalog.effective, ofCaller);
  return requests === undefined ? null : { requests: { ...requests, organizations }, context: ofCaller };
}

function principalOf({ identity: { type, arn } }: JudgedPrincipal): Principal | null {
  const principal = readAwsPrincipal(arn);
  return principal === null || type !== 'root' ? principal : { ...principal, arn };
}
