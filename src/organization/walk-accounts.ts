import { parseArn } from '../aws/arn.ts';
import type { Aws } from '../aws/aws.ts';
import { AwsError, isFailedRead, type Reason } from '../aws/error.ts';
import { partitionOf } from '../aws/partitions.ts';
import type { Session } from '../aws/session.ts';
import { defaultCredentials } from '../aws/settings.ts';
import type { CallerIdentity } from '../aws/sts.ts';
import { organizationsCalls } from '../services/organizations/calls.ts';
import type { OrganizationFacts } from '../services/organizations/facts.ts';
import type { AccountSettings } from '../spec/settings.ts';
import type { Account, Organization } from './model.ts';
import type { AccountPlan, AccountProblem, Walk } from './plan.ts';
import type { WalkSettings } from './settings.ts';

/** One account whose credentials work. */
interface Reached {
  readonly caller: CallerIdentity;
  readonly session: Session;
  readonly name: string | null;
  readonly wantedRegions: readonly string[];
}

/** The account of the default credentials. */
export async function walkOwnAccount(settings: WalkSettings, aws: Aws): Promise<Walk> {
  const session = await aws.session(defaultCredentials);
  const caller = await session.identity();
  return walkReached([{ caller, session, name: null, wantedRegions: settings.regions }], [], aws);
}

/** The accounts that the spec names: each is the one that its credentials turn out to be. */
export async function walkAccounts(settings: WalkSettings, aws: Aws): Promise<Walk> {
  const outcomes = await Promise.all(
    settings.accounts.map((account) => reach(account, settings.regions, aws)),
  );
  const problems = outcomes.filter((outcome) => 'error' in outcome);
  const reached = mergeSame(outcomes.filter((outcome) => 'caller' in outcome));
  const [first] = problems;
  if (reached.length === 0 && first !== undefined && problems.every(isUnusable)) throw first.error;
  return walkReached(reached, problems, aws);
}

function isUnusable({ error }: AccountProblem): boolean {
  return error.reason === 'credentials_unusable';
}

async function reach(
  account: AccountSettings,
  regions: readonly string[],
  aws: Aws,
): Promise<Reached | AccountProblem> {
  try {
    const session = await aws.session(account);
    const caller = await session.identity();
    const wantedRegions = account.regions.length > 0 ? account.regions : regions;
    return { caller, session, name: account.accountName, wantedRegions };
  } catch (error) {
    if (!isFailedRead(error)) throw error;
    const accountId = parseArn(account.roleArn ?? '')?.accountId ?? account.id;
    return { accountId, accountName: account.accountName, error };
  }
}

/** Two entries that turn out to be one account are read once, in the regions of both. */
function mergeSame(reached: readonly Reached[]): Reached[] {
  const byAccount = new Map<string, Reached>();
  for (const account of reached) {
    const same = byAccount.get(account.caller.accountId);
    byAccount.set(account.caller.accountId, same === undefined ? account : merged(same, account));
  }
  return [...byAccount.values()];
}

function merged(first: Reached, second: Reached): Reached {
  const wantedRegions = [...new Set([...first.wantedRegions, ...second.wantedRegions])];
  return { ...first, name: first.name ?? second.name, wantedRegions };
}

async function walkReached(
  reached: readonly Reached[],
  problems: readonly AccountProblem[],
  aws: Aws,
): Promise<Walk> {
  const memberships = await Promise.all(reached.map((account) => membershipOf(account, aws)));
  const organization = commonOrganization(memberships);
  const plans = reached.map(
    (entered): AccountPlan => ({
      account: accountOf(entered, organization),
      session: entered.session,
      partition: entered.caller.partition,
      wantedRegions: entered.wantedRegions,
    }),
  );
  const sessions = new Map(reached.map(({ caller, session }) => [caller.accountId, session]));
  return {
    organization,
    accounts: plans.map(({ account }) => account),
    plans,
    problems,
    sessionOf: (accountId) => sessions.get(accountId) ?? null,
    listedBy: null,
    rootIds: null,
    unitNames: new Map(),
    errors: memberships.filter((membership) => membership instanceof AwsError),
    warnings: [],
  };
}

function accountOf({ caller, name }: Reached, { managementAccountId }: Organization): Account {
  return {
    id: caller.accountId,
    arn: null,
    name,
    email: null,
    state: null,
    joinedMethod: null,
    joinedAt: null,
    organizationalUnits: null,
    isManagementAccount: managementAccountId === null ? null : caller.accountId === managementAccountId,
    isDelegatedAdministrator: null,
    inScope: true,
    skipReason: null,
  };
}

/** What an account says of its organization; null: it is in none. */
type Membership = OrganizationFacts | null | AwsError;

/**
 * The organization that all the accounts are in, by DescribeOrganization, which every member may call. Accounts of
 * different organizations have none in common: calling one of them "the organization" would make strangers family.
 */
function commonOrganization(memberships: readonly Membership[]): Organization {
  const answers = memberships.filter(isAnswer);
  const failure = memberships.find((membership) => membership instanceof AwsError);
  const [answer] = answers;
  if (answer === undefined) return organizationOf(null, failure?.reason ?? null);
  if (answers.some((other) => other?.id !== answer?.id)) return organizationOf(null, 'unsupported');
  return organizationOf(answer, null);
}

function isAnswer(membership: Membership): membership is OrganizationFacts | null {
  return !(membership instanceof AwsError);
}

async function membershipOf({ caller, session }: Reached, aws: Aws): Promise<Membership> {
  const access = aws.open(session, caller.accountId, partitionOf(caller.partition).homeRegion);
  try {
    return await organizationsCalls(access).describeOrganization();
  } catch (error) {
    if (!isFailedRead(error)) throw error;
    return error.reason === 'organization_not_in_use' ? null : error;
  } finally {
    access.close();
  }
}

function organizationOf(facts: OrganizationFacts | null, unreadReason: Reason | null): Organization {
  return {
    id: facts?.id ?? null,
    arn: facts?.arn ?? null,
    managementAccountId: facts?.managementAccountId ?? null,
    resourceControlPoliciesEnabled: null,
    serviceControlPoliciesEnabled: null,
    memberAccountIds: null,
    unreadReason,
  };
}
