import pMap from 'p-map';
import { AwsError, type CallSite, isFailedRead } from '../aws/error.ts';
import { partitionOf } from '../aws/partitions.ts';
import type { ScopeAccess } from '../aws/scope-access.ts';
import { type AccountIamReading, type IamReadings, noIam } from '../enumerate/iam-readings.ts';
import type { AccountPlan, Walk } from '../organization/plan.ts';
import { type AccountIam, AccountIamBuilder } from '../posture/iam/account-iam.ts';
import { Assuming } from '../posture/iam/assuming.ts';
import { Rights } from '../posture/iam/rights.ts';
import { SharedPolicies } from '../posture/iam/shared-policies.ts';
import { iamCalls } from '../services/iam/calls.ts';
import { StateError } from '../state/state-error.ts';
import type { AccountReading } from './account.ts';
import type { SyncContext } from './context.ts';
import { type IamTeller, iamTeller, tellIamLeftOut } from './iam-report.ts';
import { needsIam } from './walk-needs.ts';

/** Accounts whose IAM is read at the same time: each holds what is not whole yet. */
const accountsAtOnce = 32;

/** The IAM of all accounts, while it is read. */
export interface IamBeingRead {
  readonly readings: IamReadings;
  /** Resolves when rows and coverage of all accounts are written. Rejects when the sync is stopped, or when the state cannot be told. */
  readonly told: Promise<void>;
  /** Once accounts are read: of which only the IAM could not be entered. Rejects as `told` does. */
  tellRest(readings: ReadonlyMap<string, AccountReading>): Promise<void>;
}

/** What is told of accounts, unless they are told of as a whole, by account. */
type Deferred = Map<string, () => Promise<void>>;

/**
 * Begins to read the IAM of every account, side by side with the accounts themselves: verdicts on a key need that of
 * others. Every shard reads all of them, for its verdicts, and tells of those that it has.
 */
export function readIam(context: SyncContext, walk: Walk): IamBeingRead {
  const deferred: Deferred = new Map();
  const tellRest = (readings: ReadonlyMap<string, AccountReading>) => tellUnless(deferred, readings);
  if (!needsIam(context.selected)) return { readings: noIam, told: Promise.resolve(), tellRest };
  if (!context.options.includeIam) return { readings: noIam, told: tellIamLeftOut(context, walk), tellRest };
  const shared = new SharedPolicies();
  const readings = new Map(walk.plans.map((plan) => [plan.account.id, new Awaited<AccountIamReading>()]));
  const told = pMap(
    walk.plans,
    async (plan) => {
      const reading = readings.get(plan.account.id);
      try {
        const tell = await readAccount(context, plan, shared, (read) => reading?.resolve(read));
        if (tell !== null) deferred.set(plan.account.id, tell);
      } catch (error) {
        for (const each of readings.values()) each.reject(error);
        throw error;
      }
    },
    { concurrency: accountsAtOnce },
  ).then(() => {});
  const rights = new Rights();
  return {
    readings: {
      accountIds: [...readings.keys()],
      of: (accountId) => readings.get(accountId)?.promise ?? noIam.of(accountId),
      rights,
      assuming: new Assuming(rights),
    },
    told,
    tellRest,
  };
}

/** A failure of the account as a whole says it for its IAM, too. */
async function tellUnless(deferred: Deferred, readings: ReadonlyMap<string, AccountReading>): Promise<void> {
  for (const [accountId, tell] of deferred) if (readings.get(accountId) !== 'failed') await tell();
}

/** A promise that is settled from outside. What rejects it ends the sync otherwise, also where nobody waits. */
class Awaited<T> {
  resolve: (value: T) => void = () => {};
  reject: (reason: unknown) => void = () => {};
  readonly promise = new Promise<T>((resolve, reject) => {
    this.resolve = resolve;
    this.reject = reject;
  });

  constructor() {
    this.promise.catch(() => {});
  }
}

/**
 * @param know is told as soon as all is read, before rows are written
 * @returns what is still to be told, see `IamTeller.end`
 */
async function readAccount(
  context: SyncContext,
  plan: AccountPlan,
  shared: SharedPolicies,
  know: (reading: AccountIamReading) => void,
): Promise<(() => Promise<void>) | null> {
  const accountId = plan.account.id;
  const { homeRegion } = partitionOf(plan.partition);
  const site = { operation: 'iam:GetAccountAuthorizationDetails', accountId, region: homeRegion };
  const startedAt = context.now();
  const access = context.aws.open(plan.session, accountId, homeRegion);
  const teller = iamTeller(context, plan, site);
  let failure: AwsError | null = null;
  try {
    const iam = await readPages(access, new AccountIamBuilder(accountId, shared), teller);
    know({ state: 'read', iam });
    await teller.identities(iam);
  } catch (cause) {
    failure = failureOf(cause, site, context.signal);
    know({ state: 'unread', error: failure });
  } finally {
    access.close();
  }
  return await teller.end(failure, { startedAt, finishedAt: context.now(), counts: access.counts });
}

async function readPages(
  access: ScopeAccess,
  builder: AccountIamBuilder,
  teller: IamTeller,
): Promise<AccountIam> {
  for await (const page of iamCalls(access).authorizationDetails()) {
    builder.add(page);
    await teller.page(page);
  }
  return builder.end();
}

/** What nobody expected loses the IAM of the account, and nothing else. @throws what ends the sync */
function failureOf(cause: unknown, site: CallSite, signal: AbortSignal): AwsError {
  if (isFailedRead(cause)) return cause;
  if (signal.aborted || cause instanceof AwsError || cause instanceof StateError) throw cause;
  const { name, message } = cause instanceof Error ? cause : new Error(String(cause));
  return new AwsError('plugin_error', name, site, message);
}
