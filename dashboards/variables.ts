import {
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { datasource, unindented } from './query.ts';

/** Which database. */
export const datasourceVariable = new DatasourceVariableBuilder('datasource')
  .label('Database')
  .type(datasource.type);

/**
 * A choice of several, all of them by default. `all` is what stands in a query for all of them, where that is not the
 * list of what can be chosen: Grafana puts it in as it is.
 */
function choice(name: string, label: string, sql: string, all?: string): QueryVariableBuilder {
  const question = unindented(sql);
  const variable = new QueryVariableBuilder(name)
    .label(label)
    .datasource(datasource)
    .query(question)
    .definition(question)
    .refresh(VariableRefresh.OnDashboardLoad)
    .sort(VariableSort.Disabled)
    .multi(true)
    .includeAll(true)
    .current({ selected: true, text: ['All'], value: ['$__all'] });
  return all === undefined ? variable : variable.allValue(all);
}

/** The units of an account, from the root down; of accounts without any that was read the word `unknown`. */
const UNITS = `unnest(COALESCE(NULLIF(member.organization_units, '{}'), ARRAY['unknown']))`;

/** Organizational units, by the names on their path where all were read, else by id; an account is in all units above it, too. Only the choice of accounts goes by it. */
const unitVariable = choice(
  'unit',
  'Organizational unit',
  `
  SELECT
    COALESCE(max(array_to_string(unit_path_names, ' / ')), unit_id, 'unknown') AS __text,
    COALESCE(unit_id, 'unknown') AS __value
  FROM aws_encryption.units_of_accounts
  GROUP BY unit_id
  ORDER BY 1
`,
  'unit',
);

/** All accounts of the chosen units that a sync said anything about, those that nobody could read included. */
const accountVariable = choice(
  'account',
  'Account',
  `
  SELECT COALESCE(max(coverage.account_name), coverage.account_id) AS __text, coverage.account_id AS __value
  FROM aws_encryption.coverage
  LEFT JOIN aws_encryption_accounts AS member ON member.account_id = coverage.account_id
  WHERE EXISTS (SELECT FROM ${UNITS} AS unit WHERE unit IN (\${unit:sqlstring}))
  GROUP BY coverage.account_id
  ORDER BY 1
`,
);

const regionVariable = choice(
  'region',
  'Region',
  `
  SELECT DISTINCT region FROM aws_encryption.coverage WHERE region <> 'global'
  UNION SELECT region FROM aws_encryption.current_keys
  UNION SELECT 'unknown'
  ORDER BY 1
`,
  `COALESCE(region, 'unknown')`,
);

const keyTypeVariable = choice(
  'key_type',
  'Key type',
  `
  SELECT replace(key_type, '_', ' ') AS __text, key_type AS __value FROM aws_encryption.key_types ORDER BY position
`,
  `COALESCE(key_type, 'unknown')`,
);

/** What a reader chooses, in the order of the bar. */
export const choices: readonly QueryVariableBuilder[] = [
  unitVariable,
  accountVariable,
  regionVariable,
  keyTypeVariable,
];
