import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';

/** The datasource that the dashboard's reader chooses: every panel goes by this variable. */
export const datasource = { type: 'grafana-postgresql-datasource', uid: '$datasource' };

/** A query for Grafana's PostgreSQL datasource, which the SDK does not know. */
interface PostgresQuery extends Dataquery {
  readonly refId: string;
  readonly datasource: typeof datasource;
  readonly editorMode: 'code';
  readonly format: 'table';
  readonly rawQuery: true;
  readonly rawSql: string;
}

/** SQL as a panel's target. Its answer is a table. */
export const query = (rawSql: string): Builder<Dataquery> => ({
  build: (): PostgresQuery => ({
    refId: 'A',
    datasource,
    editorMode: 'code',
    format: 'table',
    rawQuery: true,
    rawSql: unindented(rawSql),
    _implementsDataqueryVariant() {},
  }),
});

/** SQL as it is read in Grafana's editor: without the indentation of our source. */
export function unindented(sql: string): string {
  const lines = sql.replace(/^\n+|\s+$/g, '').split('\n');
  const indent = Math.min(...lines.filter((line) => line.trim()).map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(indent)).join('\n');
}

/** Rows of the accounts chosen at the top of the dashboard: of all accounts, or of those in the chosen units. */
export const chosen = (column: string): string => `${column} IN (\${account:sqlstring})`;

/** Rows of the chosen regions; the column has to be called `region`, for that is what stands for all of them. */
export const inRegion = `COALESCE(region, 'unknown') IN (\${region:sqlstring})`;

/** The same, and what is about no single region. */
export const inRegionOrNone = `(COALESCE(region, 'global') = 'global' OR ${inRegion})`;

/** Rows of the chosen key types, by the column `key_type`. */
export const ofKeyType = `COALESCE(key_type, 'unknown') IN (\${key_type:sqlstring})`;
