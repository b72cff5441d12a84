import type { Enumerator, RegionVisit, Visit } from '../enumerate/enumerator.ts';
import { accountEnumerators, regionEnumeratorsFor } from '../enumerate/index.ts';
import { servicesByDefault } from '../services/choice.ts';
import { accounts } from '../tables/accounts.ts';
import { coverage } from '../tables/coverage.ts';
import { iamPolicies } from '../tables/iam-policies.ts';
import { iamPrincipals } from '../tables/iam-principals.ts';
import { keys } from '../tables/keys.ts';
import { organizationPolicies } from '../tables/organization-policies.ts';
import type { Table } from '../tables/table.ts';
import { type LeftOutOfTable, LeftOutServices } from './left-out-services.ts';
import type { ScopeTables } from './scope-run.ts';
import {
  accountUnit,
  coverageUnit,
  iamUnits,
  policiesUnit,
  type Unit,
  type UnitPlace,
  unitsListedBy,
} from './units.ts';

/** An enumerator that has something to do, with what it writes. */
export interface Listing<V extends Visit> {
  readonly enumerator: Enumerator<V>;
  /** The selected tables that it lists. */
  readonly tables: readonly Table[];
  /** Selected tables of others that it adds rows to. */
  readonly added: readonly Table[];
  readonly units: readonly Unit[];
}

/** What is to be done in each scope of a sort, by what it needs. */
export interface ScopeWork<V extends Visit> extends ScopeTables {
  /** Need keys, of this scope and others: each is read for whoever comes first. */
  readonly resources: readonly Listing<V>[];
  /** Need nothing. */
  readonly listings: readonly Listing<V>[];
  /** Need what the resources of their own account and region, and its buckets, have said. */
  readonly afterResources: readonly Listing<V>[];
}

/** What may be written at `global` of an account, and of the one that owns the organization's policies. */
interface AccountTables {
  readonly usual: ScopeTables;
  readonly withPolicies: ScopeTables;
}

/** What the selected tables ask for: worked out once for a sync. */
export class Selection {
  readonly region: ScopeWork<RegionVisit>;
  readonly account: ScopeWork<Visit>;
  readonly leftOut: LeftOutServices;
  readonly #ofIam: readonly Table[];
  readonly #policyOwner: string | null;
  readonly #readAccount: AccountTables;
  readonly #unreadAccount: AccountTables;
  readonly #unreadRegion: ScopeTables;

  /**
   * @param policyOwner the account that rows of organization policies are written for; null: none are
   * @param readsIam whether the IAM of the accounts is read
   * @param services those whose resources are read
   */
  constructor(
    selected: ReadonlySet<Table>,
    policyOwner: string | null = null,
    readsIam = false,
    services: readonly string[] = servicesByDefault,
  ) {
    this.leftOut = new LeftOutServices(services);
    const lines = (...names: readonly string[]) => (selected.has(coverage) ? names.map(coverageUnit) : []);
    const own = selected.has(accounts) ? [accountUnit] : [];
    const ofAccount = byName([...own, ...lines('*', accounts.name, keys.name, organizationPolicies.name)]);
    const iamTables = [iamPrincipals, iamPolicies].filter((table) => readsIam || selected.has(table));
    const ofIam = byName([
      ...iamUnits.filter(({ table }) => readsIam && selected.has(table)),
      ...lines(...iamTables.map(({ name }) => name)),
    ]);
    this.#ofIam = readsIam ? iamTables.filter((table) => selected.has(table)) : [];
    this.account = workOf(accountEnumerators, selected);
    const policies = selected.has(organizationPolicies) ? [policiesUnit] : [];
    const tablesOf = ({ tables, units }: ScopeTables): AccountTables => {
      const usual = new Map([...units, ...ofAccount]);
      const withPolicies = new Map([...usual, ...byName(policies)]);
      return { usual: { tables, units: usual }, withPolicies: { tables, units: withPolicies } };
    };
    this.#policyOwner = policyOwner;
    const { tables, units } = this.account;
    this.#readAccount = tablesOf({ tables, units: new Map([...units, ...ofIam]) });
    this.#unreadAccount = tablesOf({ tables: [], units: new Map() });
    this.#unreadRegion = { tables: [], units: byName(lines('*')) };
    const region = workOf(regionEnumeratorsFor(services), selected);
    const { listings, afterResources } = region;
    // Where no resource is read, nobody waits for any.
    const isWaiting = region.resources.length + this.account.resources.length > 0;
    this.region = isWaiting
      ? region
      : { ...region, listings: [...listings, ...afterResources], afterResources: [] };
  }

  /** What may be said of an account (`global`) that is read. */
  ofAccount(accountId: string): ScopeTables {
    return this.#tablesFor(this.#readAccount, accountId);
  }

  /** What may be said of an account (`global`) or region that is not read. */
  unread({ accountId, region }: UnitPlace): ScopeTables {
    return region === 'global' ? this.#tablesFor(this.#unreadAccount, accountId) : this.#unreadRegion;
  }

  #tablesFor({ usual, withPolicies }: AccountTables, accountId: string): ScopeTables {
    return accountId === this.#policyOwner ? withPolicies : usual;
  }

  /**
   * What the choice of services takes from a table in a place; null: nothing. A table of which nothing is left to list
   * in regions says so where the account is told of.
   */
  leftOutOf(table: Table, region: string): LeftOutOfTable | null {
    const isOfRegions = this.region.tables.includes(table);
    return isOfRegions === (region === 'global') ? null : this.leftOut.of(table);
  }

  /** Whether any table is selected whose rows need keys of this and other scopes. */
  get looksUpKeys(): boolean {
    return [this.region, this.account].some(({ resources }) => resources.length > 0);
  }

  /** The selected tables that an account is read for; none: those of coverage alone, which then has its failure. */
  get ofAccounts(): readonly Table[] {
    const tables = [...new Set([...this.region.tables, ...this.account.tables, ...this.#ofIam])];
    return tables.length === 0 ? [coverage] : tables;
  }
}

function workOf<V extends Visit>(
  enumerators: readonly Enumerator<V>[],
  selected: ReadonlySet<Table>,
): ScopeWork<V> {
  const all = enumerators.map((each) => listingOf(each, selected)).filter(({ tables }) => tables.length > 0);
  const tables = [...new Set(all.flatMap((listing) => listing.tables))];
  const lines = selected.has(coverage) ? tables.map(({ name }) => coverageUnit(name)) : [];
  const isResource = ({ enumerator }: Listing<V>) => enumerator.looksUpKeys === true;
  const isAfter = ({ enumerator }: Listing<V>) => enumerator.afterResources === true;
  return {
    tables,
    units: byName([...all.flatMap(({ units }) => units), ...lines]),
    resources: all.filter(isResource),
    listings: all.filter((listing) => !isResource(listing) && !isAfter(listing)),
    afterResources: all.filter(isAfter),
  };
}

function listingOf<V extends Visit>(enumerator: Enumerator<V>, selected: ReadonlySet<Table>): Listing<V> {
  const isSelected = (table: Table) => selected.has(table);
  const units = unitsListedBy(enumerator).filter(
    ({ unit, foundWith }) => selected.has(unit.table) && selected.has(foundWith),
  );
  return {
    enumerator,
    tables: enumerator.tables.filter(isSelected),
    added: (enumerator.adds ?? []).map(({ table }) => table).filter(isSelected),
    units: units.map(({ unit }) => unit),
  };
}

const byName = (units: readonly Unit[]): ReadonlyMap<string, Unit> =>
  new Map(units.map((unit) => [unit.name, unit]));
