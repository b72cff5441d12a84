import type { Aws } from '../aws/aws.ts';
import { AwsError, type Reason } from '../aws/error.ts';
import { partitionOf } from '../aws/partitions.ts';
import { candidateRegions, RegionsInTurn } from '../aws/regions-in-turn.ts';
import type { ScopeAccess } from '../aws/scope-access.ts';
import { type Extent, listRegions } from '../services/account/calls.ts';
import { describeRegions } from '../services/ec2/describe-regions.ts';
import type { AccountPlan, AccountRegions } from './plan.ts';

const ofWholeAccount: ReadonlySet<Reason> = new Set([
  'assume_role_denied',
  'credentials_unusable',
  'cancelled',
]);

/** Whether it is a failure of the account as a whole: asking another service gives the same. */
export const isLockedOut = ({ reason }: AwsError): boolean => ofWholeAccount.has(reason);

/**
 * The regions in which an account is read, by what it has enabled: account:ListRegions with its own credentials,
 * else ec2:DescribeRegions of a region that may be asked. When neither answers, regions that the spec names are still tried.
 * @throws AwsError when the account cannot be entered, or when it is not known which regions `*` means
 */
export async function regionsOf(plan: AccountPlan, aws: Aws): Promise<AccountRegions> {
  // A region that is named twice is read once.
  const wanted = [...new Set(plan.wantedRegions)];
  const answer = await readRegions(plan, aws, 'enabled');
  if (!(answer instanceof AwsError)) return chosenRegions(wanted, answer);
  if (wantsAll(wanted)) throw answer;
  return { enabled: wanted, disabled: [], unverified: answer };
}

/** Which of the enabled regions the spec wants, and which of the wanted are not enabled. */
export function chosenRegions(wanted: readonly string[], enabled: readonly string[]): AccountRegions {
  if (wantsAll(wanted)) return { enabled, disabled: [], unverified: null };
  const usable = new Set(enabled);
  return {
    enabled: wanted.filter((region) => usable.has(region)),
    disabled: wanted.filter((region) => !usable.has(region)),
    unverified: null,
  };
}

function wantsAll(wanted: readonly string[]): boolean {
  return wanted.length === 0 || wanted.includes('*');
}

/** What accounts answered of their regions in this sync: names that the spec has may be asked about before. */
const answers = new WeakMap<AccountPlan, Awaited<ReturnType<typeof listRegions>>>();

/** The error that tells most, when neither way works. @throws AwsError when the account cannot be entered */
export async function readRegions(
  plan: AccountPlan,
  aws: Aws,
  extent: Extent,
): Promise<readonly string[] | AwsError> {
  const { session, account, partition, wantedRegions } = plan;
  const opened = async <T>(region: string, read: (access: ScopeAccess) => Promise<T>): Promise<T> => {
    const access = aws.open(session, account.id, region);
    try {
      return await read(access);
    } finally {
      access.close();
    }
  };
  // Account Management has one address, at the partition's home; EC2 of any region knows them all.
  const { homeRegion } = partitionOf(partition);
  const listed = await attempt(answers.get(plan) ?? opened(homeRegion, listRegions));
  if (!(listed instanceof AwsError)) {
    answers.set(plan, listed);
    return listed[extent];
  }
  const regions = new RegionsInTurn(candidateRegions(partition, session.region, wantedRegions));
  const describe = (access: ScopeAccess) => describeRegions(access, extent);
  const described = await attempt(regions.ask((region) => opened(region, describe)));
  if (!(described instanceof AwsError)) return described;
  return described.reason === 'access_denied' && listed.reason !== 'access_denied' ? described : listed;
}

async function attempt<T>(reading: T | Promise<T>): Promise<T | AwsError> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof AwsError) || isLockedOut(error)) throw error;
    return error;
  }
}
