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

/** All accounts that a sync said anything about, those that nobody could read included. */
const ACCOUNTS = unindented(`
  SELECT COALESCE(max(account_name), account_id) AS __text, account_id AS __value
  FROM aws_encryption.coverage
  GROUP BY account_id
  ORDER BY 1
`);

/** Which accounts; all of them by default. */
export const accountVariable = new QueryVariableBuilder('account')
  .label('Account')
  .datasource(datasource)
  .query(ACCOUNTS)
  .definition(ACCOUNTS)
  .refresh(VariableRefresh.OnDashboardLoad)
  .sort(VariableSort.Disabled)
  .multi(true)
  .includeAll(true)
  .current({ selected: true, text: ['All'], value: ['$__all'] });
