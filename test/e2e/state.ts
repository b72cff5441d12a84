import type { SyncResult } from '../../lab/sync.ts';
import { operations } from '../../src/services/operations.ts';
import type { Pipeline, SyncChange } from './pipeline.ts';
import type { Row } from './rows.ts';

/** The safe form: what syncs have seen is kept in the destination. */
export const backend_options = {
  table_name: 'cq_state_aws_encryption',
  connection: '@@plugins.postgresql.connection',
};

/** The whole organization, as fast as the simulated AWS answers: nothing here is about pacing. */
export const unpaced = {
  org: { member_role_name: 'OrganizationAccountAccessRole' },
  requests_per_second: Object.fromEntries(operations.map((operation) => [operation, 100_000])),
};

/** A sync that keeps its state; fails unless the CLI ends well. */
export async function syncWithState(pipeline: Pipeline, change: SyncChange = {}): Promise<SyncResult> {
  const result = await pipeline.sync({
    spec: unpaced,
    ...change,
    source: { ...change.source, backend_options },
  });
  if (result.code !== 0) throw new Error(`The sync failed: ${result.stdout}${result.stderr}`);
  return result;
}

/** What the destination holds after a sync. */
export interface Holdings {
  /** Of an account: `<region> <table>: <number of rows> of <generations>`, tables without `aws_encryption_`. */
  rows(accountId: string): string[];
  /** Of an account: `<region> <table> <status> <reason>`. */
  coverage(accountId: string): string[];
  /** Lines of coverage, whole. */
  readonly coverageRows: readonly Row[];
}

const places = ['keys', 'key_aliases', 'key_policies', 'key_access', 'accounts', 's3_buckets', 'resources'];

export async function holdings(pipeline: Pipeline): Promise<Holdings> {
  const exists = await pipeline.tables();
  const rows: { account: string; line: string }[] = [];
  for (const table of places.filter((name) => exists.includes(`aws_encryption_${name}`))) {
    const found = await pipeline.query<{ account: string; line: string }>(
      `select account_id as account,
              region || ' ${table}: ' || count(*) || ' of ' || string_agg(distinct sync_generation::text, ',') as line
       from aws_encryption_${table} group by account_id, region`,
    );
    rows.push(...found);
  }
  const coverageRows = await pipeline.rows('aws_encryption_coverage');
  return {
    coverageRows,
    rows: (accountId) =>
      rows
        .filter(({ account }) => account === accountId)
        .map(({ line }) => line)
        .sort(),
    coverage: (accountId) =>
      coverageRows
        .filter(({ account_id }) => account_id === accountId)
        .map(said)
        .sort(),
  };
}

function said({ region, table_name, status, reason }: Row): string {
  const table = String(table_name).replace('aws_encryption_', '');
  return [region, table, status, ...(reason === null ? [] : [reason])].join(' ');
}
