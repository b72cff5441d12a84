import { AwsError, type CallSite } from '../aws/error.ts';
import type { AccountPlan, Walk } from '../organization/plan.ts';
import { isLockedOut } from '../organization/regions.ts';
import type { AccountIam, Identity } from '../posture/iam/account-iam.ts';
import { readPolicy } from '../posture/policy/document.ts';
import type { AuthorizationPage, GroupDetail, ManagedPolicyDetail } from '../services/iam/facts.ts';
import { coverage } from '../tables/coverage.ts';
import { type IamPolicyText, iamPolicies, iamPolicyRow } from '../tables/iam-policies.ts';
import { iamPrincipalRow, iamPrincipals } from '../tables/iam-principals.ts';
import type { SyncContext } from './context.ts';
import { type Place, type Reading, skipCoverage } from './coverage-rows.ts';
import { reportLine, reportScope } from './report.ts';
import { ScopeCoverage } from './scope-coverage.ts';
import type { ScopeRun } from './scope-run.ts';
import { ScopeSink } from './scope-sink.ts';
import { ownsScope } from './shard.ts';
import { iamUnits, type Unit } from './units.ts';

/** The tables in which an account's IAM is told. */
const iamTables = [iamPrincipals, iamPolicies];

/** Writes what is read of an account's IAM, and what could not be read of it. */
export interface IamTeller {
  /** Each text that the account has not shown before; it is not kept. */
  page(page: AuthorizationPage): Promise<void>;
  /** All pages are told. */
  identities(iam: AccountIam): Promise<void>;
  /**
   * @param error what cut the reading short; null: nothing did
   * @returns tells of it, where that is for whoever knows that the account is not told of as a whole; else null
   */
  end(error: AwsError | null, reading: Reading): Promise<(() => Promise<void>) | null>;
}

/** @param site of the reading, for what is missing in its answers */
export function iamTeller(context: SyncContext, plan: AccountPlan, site: CallSite): IamTeller {
  const { shard, selected, history, selection, batches } = context;
  if (!ownsScope(shard, site.accountId ?? '', 'global')) return tellerOfOther(context);
  const place = placeOf(plan);
  const run = history.runOf(place) ?? history.open(place, selection.ofAccount(place.accountId));
  const chosen = iamTables.filter((table) => selected.has(table));
  // A failure is told all the same: verdicts lack what was not read.
  const seen = new ScopeCoverage(chosen.length === 0 ? [iamPrincipals] : chosen);
  const sink = new ScopeSink({ coverage: seen, registered: run.registered, batches }, chosen);
  return new TellerOfOwn(context, place, site, { run, seen, sink });
}

/** The shard that has the account tells of it; that this one's verdicts lack its IAM is its own affair. */
const tellerOfOther = ({ log }: SyncContext): IamTeller => ({
  async page() {},
  async identities() {},
  async end(error) {
    if (error !== null) log.warn(error.message);
    return null;
  },
});

/** Where rows and notes of one account go. */
interface Outlet {
  readonly run: ScopeRun;
  readonly seen: ScopeCoverage;
  readonly sink: ScopeSink;
}

class TellerOfOwn implements IamTeller {
  readonly #context: SyncContext;
  readonly #place: Omit<Place, 'table'>;
  readonly #site: CallSite;
  readonly #outlet: Outlet;
  readonly #units: readonly Unit[];
  /** Keys of the texts that have their row. */
  readonly #written = new Set<string>();
  /** Trust policies by hash, until their roles are written. */
  readonly #trust = new Map<string, string>();

  constructor(context: SyncContext, place: Omit<Place, 'table'>, site: CallSite, outlet: Outlet) {
    this.#context = context;
    this.#place = place;
    this.#site = site;
    this.#outlet = outlet;
    this.#units = iamUnits.filter(({ table }) => outlet.sink.selected(table));
    outlet.run.begin(this.#units);
  }

  async page({ users, roles, groups, policies }: AuthorizationPage): Promise<void> {
    for (const owner of [...users, ...groups, ...roles])
      for (const text of inlineOf(owner)) await this.#write(text);
    for (const { trustPolicy: text } of roles) {
      await this.#write({ kind: 'trust', managed: null, text });
      if (text !== null && this.#outlet.sink.selected(iamPrincipals))
        this.#trust.set(readPolicy(text, 'of_resources').sha256, text);
    }
    for (const policy of policies) await this.#write(managed(policy));
  }

  async identities({ identities }: AccountIam): Promise<void> {
    const { sink } = this.#outlet;
    if (!sink.selected(iamPrincipals)) return;
    for (const identity of identities) {
      const text = this.#trust.get(identity.trust?.sha256 ?? '');
      const trust = text === undefined ? null : readPolicy(text, 'of_resources').value;
      const errors = missingOf(identity, this.#site);
      for (const error of errors) sink.valueMissing([iamPrincipals], error);
      await sink.write(iamPrincipals, iamPrincipalRow(identity, this.#place.partition, trust, errors));
    }
  }

  async end(error: AwsError | null, reading: Reading): Promise<(() => Promise<void>) | null> {
    const { run, seen, sink } = this.#outlet;
    if (error !== null) sink.listingFailed(iamTables, error);
    for (const unit of this.#units) run.settle(unit, sink.outcome(unit.table));
    if (this.#units.length === 0 && error === null) return null;
    const tell = async (): Promise<void> => {
      await run.registered;
      await reportScope(this.#context, this.#place, run, reading, seen);
    };
    if (error !== null && isOfWholeAccount(error)) return tell;
    await tell();
    return null;
  }

  async #write(text: IamPolicyText): Promise<void> {
    const { sink } = this.#outlet;
    if (!sink.selected(iamPolicies)) return;
    const row = iamPolicyRow(text, this.#place.accountId, this.#place.partition);
    const key = `${row.kind} ${row.arn} ${row.sha256}`;
    if (this.#written.has(key)) return;
    this.#written.add(key);
    if (text.text === null)
      sink.valueMissing([iamPolicies], incomplete(this.#site, `a text of a policy (${key})`));
    await sink.write(iamPolicies, row);
  }
}

/** An account that cannot be entered is told of as a whole, by who asks for its regions: unless that one was let in. */
const isOfWholeAccount = (error: AwsError): boolean =>
  isLockedOut(error) && error.site.operation.startsWith('sts:');

const inlineOf = ({ inline }: Pick<GroupDetail, 'inline'>): readonly IamPolicyText[] =>
  inline.map(({ text }) => ({ kind: 'inline', managed: null, text }));

/** AWS's own stand under no account. */
const managed = ({ arn, name, text }: ManagedPolicyDetail): IamPolicyText => ({
  kind: arn.split(':')[4] === 'aws' ? 'aws_managed' : 'customer_managed',
  managed: { arn, name },
  text,
});

/** What AWS named and told nothing of, be it what the role's trust policy says. */
function missingOf({ policySet, trust }: Identity, site: CallSite): readonly AwsError[] {
  const { policies, boundary } = policySet;
  const documents = [...policies, ...(boundary === null ? [] : [boundary])].map(({ document }) => document);
  const isMissing = [...documents, ...(trust === null ? [] : [trust])].some(({ sha256 }) => sha256 === '');
  return isMissing ? [incomplete(site, 'a policy of a user or role that it names')] : [];
}

const incomplete = (site: CallSite, what: string): AwsError =>
  new AwsError('malformed_answer', 'incomplete_answer', site, `the answer lacks ${what}`);

/** Says of each account that its IAM is not read on purpose. */
export async function tellIamLeftOut(context: SyncContext, { plans }: Walk): Promise<void> {
  const { selected, shard } = context;
  if (!selected.has(coverage)) return;
  const message = 'Users, roles and their policies are not read: `include_iam` is false.';
  const owned = plans.filter(({ account }) => ownsScope(shard, account.id, 'global'));
  for (const table of iamTables.filter((each) => selected.has(each)))
    for (const plan of owned) {
      const place = { ...placeOf(plan), table: table.name };
      await reportLine(context, place, { ...skipCoverage(place, 'not_selected', context.now()), message });
    }
}

const placeOf = ({ account, partition }: AccountPlan): Omit<Place, 'table'> => ({
  accountId: account.id,
  accountName: account.name,
  region: 'global',
  partition,
});
