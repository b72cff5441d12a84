import type { Enumerator, Marks } from '../enumerate/enumerator.ts';
import { accountEnumerators, regionEnumerators } from '../enumerate/index.ts';
import { accounts } from '../tables/accounts.ts';
import { coverage } from '../tables/coverage.ts';
import { iamPolicies } from '../tables/iam-policies.ts';
import { iamPrincipals } from '../tables/iam-principals.ts';
import { organizationPolicies } from '../tables/organization-policies.ts';
import type { Table } from '../tables/table.ts';

/** An account and region; `global` for what an account lists once, and for what is said of it as a whole. */
export interface UnitPlace {
  readonly accountId: string;
  readonly region: string;
}

/** Rows of one table that one enumerator lists in one scope: they are complete, or not, and deleted together. */
export interface Unit {
  /** In the state; two units of a scope are the same when their names are. */
  readonly name: string;
  readonly table: Table;
  /** Whether the unit is one row with a fixed key: written again, it replaces the older one by itself. */
  readonly isOneRow: boolean;
  /** The columns that tell its rows. */
  where(place: UnitPlace): Readonly<Record<string, string>>;
}

const shortName = (tableName: string): string => tableName.replace('aws_encryption_', '');

/** The line of coverage of a table, or of everything (`*`). */
export const coverageUnit = (tableName: string): Unit => ({
  name: `coverage/${shortName(tableName)}`,
  table: coverage,
  isOneRow: true,
  where: ({ accountId, region }) => ({ account_id: accountId, region, table_name: tableName }),
});

/** Whether a name in the state is that of a line of coverage. */
export const isCoverageName = (name: string): boolean => name.startsWith('coverage/');

/** The account's own row. */
export const accountUnit: Unit = {
  name: 'accounts/organization',
  table: accounts,
  isOneRow: true,
  where: ({ accountId }) => ({ account_id: accountId }),
};

/** The rows of an organization's policies, at the account that owns them. */
export const policiesUnit: Unit = {
  name: 'organization_policies/organization',
  table: organizationPolicies,
  isOneRow: false,
  where: ({ accountId }) => ({ account_id: accountId }),
};

const ofIam = (table: Table): Unit => ({
  name: `${shortName(table.name)}/iam`,
  table,
  isOneRow: false,
  where: ({ accountId }) => ({ account_id: accountId }),
});

/** What is read of an account's IAM. */
export const iamUnits: readonly Unit[] = [iamPrincipals, iamPolicies].map(ofIam);

/** Everything said of an account in coverage, whatever the place. */
export const accountCoverageUnit: Unit = {
  name: 'coverage',
  table: coverage,
  isOneRow: false,
  where: ({ accountId }) => ({ account_id: accountId }),
};

type AnyEnumerator = Enumerator<never>;

/** A unit that an enumerator lists, and the table of its own that must be selected for it to look. */
export interface ListedUnit {
  readonly unit: Unit;
  readonly foundWith: Table;
}

const enumeratorsOf = (table: Table): readonly AnyEnumerator[] =>
  [...regionEnumerators, ...accountEnumerators].filter(
    ({ tables, adds = [] }) => tables.includes(table) || adds.some((added) => added.table === table),
  );

function listedBy(enumerator: AnyEnumerator, isOfRegion: boolean): readonly ListedUnit[] {
  const { name, tables, marks, adds = [] } = enumerator;
  const unit = (table: Table, ownMarks: Marks = {}): Unit => ({
    name: `${shortName(table.name)}/${name}`,
    table,
    isOneRow: false,
    where: ({ accountId, region }) => ({ account_id: accountId, ...(isOfRegion && { region }), ...ownMarks }),
  });
  const own = tables.filter((table) => marks?.has(table) || enumeratorsOf(table).length === 1);
  return [
    ...own.map((table) => ({ unit: unit(table, marks?.get(table)), foundWith: table })),
    ...adds.map((added) => ({ unit: unit(added.table, added.marks), foundWith: added.foundWith })),
  ];
}

const listings = new Map([
  ...regionEnumerators.map((each) => [each.name, listedBy(each, true)] as const),
  ...accountEnumerators.map((each) => [each.name, listedBy(each, false)] as const),
]);

/**
 * The units that an enumerator lists in a scope. A table that it shares with others is left out where it does not say
 * which rows are its own: those are never deleted.
 */
export const unitsListedBy = ({ name }: AnyEnumerator): readonly ListedUnit[] => listings.get(name) ?? [];

const byName = (units: readonly Unit[]) => new Map(units.map((unit) => [unit.name, unit]));
const unitsOf = (enumerators: readonly AnyEnumerator[]) =>
  enumerators.flatMap((enumerator) => unitsListedBy(enumerator).map(({ unit }) => unit));

const regionUnits = byName(unitsOf(regionEnumerators));
const globalUnits = byName([...unitsOf(accountEnumerators), accountUnit, policiesUnit, ...iamUnits]);

/** The unit that a name in the state means; null for one of another version of the plugin. */
export function unitNamed(name: string, region: string, tables: readonly Table[]): Unit | null {
  const listed = (region === 'global' ? globalUnits : regionUnits).get(name);
  if (listed) return listed;
  if (name === 'coverage/*') return coverageUnit('*');
  const covered = tables.find((table) => name === `coverage/${shortName(table.name)}`);
  return covered ? coverageUnit(covered.name) : null;
}
