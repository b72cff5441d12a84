import { parseArn } from '../aws/arn.ts';
import type { Aws } from '../aws/aws.ts';
import { AwsError, type CallSite, isFailedRead } from '../aws/error.ts';
import { partitionOf } from '../aws/partitions.ts';
import type { Session } from '../aws/session.ts';
import { defaultCredentials } from '../aws/settings.ts';
import type { CallerIdentity } from '../aws/sts.ts';
import { type Organizations, organizationsCalls } from '../services/organizations/calls.ts';
import type { MemberAccount, Root } from '../services/organizations/facts.ts';
import type { OrganizationSettings } from '../spec/settings.ts';
import { emptyUnits, needsUnits, skipReason, strangersAmong } from './filter.ts';
import type { Account, Organization } from './model.ts';
import type { AccountPlan, Walk } from './plan.ts';
import type { WalkSettings } from './settings.ts';
import { readUnitTree, type UnitNames } from './unit-tree.ts';

/** The members of an organization, as the management account or a delegated administrator lists them. */
export async function walkMembers(
  settings: WalkSettings,
  org: OrganizationSettings,
  aws: Aws,
): Promise<Walk> {
  const admin = await aws.session(org.adminAccount ?? defaultCredentials);
  const caller = await admin.identity();
  const access = aws.open(admin, caller.accountId, partitionOf(caller.partition).homeRegion);
  try {
    const errors: AwsError[] = [];
    const read = await readOrganization(organizationsCalls(access), caller, settings, errors);
    const wantsUnits = settings.needsOrganizationalUnits || needsUnits(org);
    const { members, unitNames } = wantsUnits
      ? await locate(read, org, organizationsCalls(access), errors)
      : { members: read.members, unitNames: read.rootNames };
    const accounts = members.map((member) => accountOf(member, read, org));
    for (const unit of emptyUnits(accounts, org)) {
      errors.push(noAccountBelow(unit, access.site('organizations:ListAccounts')));
    }
    const sessionOf = await memberSessions(accounts, org, { admin, caller, aws });
    const plans = planMembers(accounts, sessionOf, caller, wantedRegions(settings, org));
    const listedBy = caller.accountId;
    const { organization, rootIds } = read;
    const warnings = strangersAmong(accounts, org);
    const problems: Walk['problems'] = [];
    return {
      ...{ organization, accounts, plans, problems, sessionOf, listedBy, rootIds, unitNames },
      ...{ errors, warnings },
    };
  } finally {
    access.close();
  }
}

interface ReadOrganization {
  readonly organization: Organization;
  readonly members: readonly MemberAccount[];
  /** Null when ListRoots failed or was not needed. */
  readonly rootIds: readonly string[] | null;
  readonly rootNames: UnitNames;
  readonly delegated: ReadonlySet<string>;
  /** False when ListDelegatedAdministrators failed. */
  readonly knowsAllDelegated: boolean;
}

/** Only ListAccounts must succeed; what else fails is noted in `errors`. */
async function readOrganization(
  organizations: Organizations,
  caller: CallerIdentity,
  { needsPolicyTypes, needsDelegatedAdministrators }: WalkSettings,
  errors: AwsError[],
): Promise<ReadOrganization> {
  const members = await organizations.listAccounts();
  const optional = async <T>(reading: Promise<T>): Promise<T | null> => {
    try {
      return await reading;
    } catch (error) {
      if (!isFailedRead(error)) throw error;
      errors.push(error);
      return null;
    }
  };
  const [described, roots, administrators] = await Promise.all([
    optional(organizations.describeOrganization()),
    needsPolicyTypes ? optional(organizations.listRoots()) : null,
    needsDelegatedAdministrators ? optional(organizations.listDelegatedAdministrators()) : null,
  ]);
  // arn:aws:organizations::<management account>:account/<organization>/<account>
  const arn = parseArn(members.find((member) => member.arn !== null)?.arn ?? '');
  const managementAccountId = described?.managementAccountId ?? arn?.accountId ?? null;
  const isEnabled = (type: string) => roots?.some((root) => root.enabledPolicyTypes.includes(type)) ?? null;
  // Who lists the organization and does not manage it is a delegated administrator.
  const itself =
    managementAccountId === null || managementAccountId === caller.accountId ? [] : [caller.accountId];
  return {
    organization: {
      id: described?.id ?? arn?.resource.split('/')[1] ?? null,
      arn: described?.arn ?? null,
      managementAccountId,
      resourceControlPoliciesEnabled: isEnabled('RESOURCE_CONTROL_POLICY'),
      serviceControlPoliciesEnabled: isEnabled('SERVICE_CONTROL_POLICY'),
      memberAccountIds: new Set(members.map((member) => member.id)),
      unreadReason: null,
    },
    members,
    rootIds: roots?.map((root) => root.id) ?? null,
    rootNames: namesOf(roots ?? []),
    delegated: new Set([...(administrators ?? []), ...itself]),
    knowsAllDelegated: administrators !== null,
  };
}

const namesOf = (roots: readonly Root[]): UnitNames => new Map(roots.map(({ id, name }) => [id, name]));

/** Members with their units, and names of units. */
interface Located {
  readonly members: readonly MemberAccount[];
  readonly unitNames: UnitNames;
}

/** Units are read from the tree where AWS did not answer them with the accounts. */
async function locate(
  { members, rootIds, rootNames }: ReadOrganization,
  org: OrganizationSettings,
  organizations: Organizations,
  errors: AwsError[],
): Promise<Located> {
  if (members.every((member) => member.organizationalUnits !== null))
    return { members, unitNames: rootNames };
  try {
    const ofRoots = rootIds === null ? namesOf(await organizations.listRoots()) : rootNames;
    const { places, names } = await readUnitTree(organizations, [...ofRoots.keys()]);
    const located = members.map((member) => ({
      ...member,
      organizationalUnits: member.organizationalUnits ?? places.get(member.id) ?? null,
    }));
    return { members: located, unitNames: new Map([...ofRoots, ...names]) };
  } catch (error) {
    // Without the units it is not known which accounts the spec means.
    if (!isFailedRead(error) || needsUnits(org)) throw error;
    errors.push(error);
    return { members, unitNames: rootNames };
  }
}

function accountOf(
  member: MemberAccount,
  { organization: { managementAccountId }, delegated, knowsAllDelegated }: ReadOrganization,
  org: OrganizationSettings,
): Account {
  const reason = skipReason(member, org);
  return {
    ...member,
    isManagementAccount: managementAccountId === null ? null : member.id === managementAccountId,
    isDelegatedAdministrator: delegated.has(member.id) || (knowsAllDelegated ? false : null),
    inScope: reason === null,
    skipReason: reason,
  };
}

interface Reach {
  readonly admin: Session;
  readonly caller: CallerIdentity;
  readonly aws: Aws;
}

/**
 * With what each account is read: the one that lists the organization, and the one that assumes the member roles,
 * with their own credentials, since no account has a role that it assumes into itself; all others by that role.
 */
async function memberSessions(
  accounts: readonly Account[],
  org: OrganizationSettings,
  { admin, caller, aws }: Reach,
): Promise<(accountId: string) => Session | null> {
  const members = new Set(accounts.map(({ id }) => id));
  const sessions = new Map([[caller.accountId, admin]]);
  let trusted = admin;
  if (org.memberTrustedPrincipal !== null) {
    trusted = await aws.session(org.memberTrustedPrincipal);
    const { accountId } = await trusted.identity();
    if (!sessions.has(accountId)) sessions.set(accountId, trusted);
  }
  return (accountId) => {
    const opened = sessions.get(accountId);
    if (opened !== undefined || !members.has(accountId)) return opened ?? null;
    const session = trusted.assumeRole({
      roleArn: `arn:${caller.partition}:iam::${accountId}:role/${org.memberRoleName.replace(/^\//, '')}`,
      sessionName: org.memberRoleSessionName,
      externalId: org.memberExternalId,
    });
    sessions.set(accountId, session);
    return session;
  };
}

function planMembers(
  accounts: readonly Account[],
  sessionOf: Walk['sessionOf'],
  { partition }: CallerIdentity,
  wantedRegions: readonly string[],
): AccountPlan[] {
  return accounts
    .filter((account) => account.inScope)
    .flatMap((account) => {
      const session = sessionOf(account.id);
      return session === null ? [] : [{ account, session, partition, wantedRegions }];
    });
}

const wantedRegions = (
  { regions }: WalkSettings,
  { memberRegions }: OrganizationSettings,
): readonly string[] => (memberRegions.length > 0 ? memberRegions : regions);

function noAccountBelow(unit: string, site: CallSite): AwsError {
  return new AwsError(
    'not_found',
    'no_account_in_unit',
    site,
    `no account is below ${unit} of organization_units`,
  );
}
