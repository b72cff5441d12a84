import type { Check } from '../src/checks/check.ts';
import type { CheckResult, Finding } from '../src/checks/model.ts';

export const daysOfYear = 365;

/** An organization, and what changes in it from one day to the next. */
export const size = {
  accounts: 50,
  keys: 7_000,
  keysChanged: 70,
  findings: 5_000,
  findingsChanged: 50,
} as const;

const accountOf = (n: number): string => String(100_000_000_001 + (n % size.accounts));

/** A sync a day; the first one a year ago. */
const timeOf = (day: number): string =>
  `date_trunc('day', now() AT TIME ZONE 'UTC') - interval '${daysOfYear - day} days'`;

const account = `(100000000001 + thing.n % ${size.accounts})::text`;
const synced = '_cq_sync_time, _cq_source_name, sync_generation';
const first = `${timeOf(0)}, 'aws-encryption', 1`;

/** Statements that fill empty tables: accounts, their keys, each shared with one other account, and that all was read. */
export const fillOrganization: readonly string[] = [
  `INSERT INTO aws_encryption_accounts (${synced}, account_id, region, name, state, organization_id, in_scope)
   SELECT ${first}, ${account}, 'global', 'account ' || thing.n, 'ACTIVE', 'o-1', true
   FROM generate_series(0, ${size.accounts - 1}) AS thing (n)`,
  `INSERT INTO aws_encryption_coverage (${synced}, account_id, region, table_name, status)
   SELECT ${first}, ${account}, 'eu-west-1', 'aws_encryption_' || kind, 'complete'
   FROM generate_series(0, ${size.accounts - 1}) AS thing (n), unnest(ARRAY['keys', 'key_access', 'key_grants', 'key_policies', 'resources', 's3_buckets']) AS kind
   UNION ALL
   SELECT ${first}, '100000000001', 'global', 'aws_encryption_accounts', 'complete'`,
  `INSERT INTO aws_encryption_keys (${synced}, account_id, region, partition, key_id, arn, enumerated_by, key_type,
     sharing, sharing_complete, shared_account_ids, shared_organization_ids, effective_sharing, effective_sharing_complete,
     effective_shared_account_ids, organization_policy_ids)
   SELECT ${first}, ${account}, 'eu-west-1', 'aws', md5(thing.n::text)::uuid::text,
     format('arn:aws:kms:eu-west-1:%s:key/%s', ${account}, md5(thing.n::text)::uuid), 'kms', 'customer_managed_aws_material',
     'organization', true, ARRAY['100000000001'], '{}', 'organization', true, ARRAY['100000000001'], '{}'
   FROM generate_series(0, ${size.keys - 1}) AS thing (n)`,
];

/** The sync of a day: all is read anew, and some keys let in somebody else. */
export const syncOf = (day: number): readonly string[] => [
  ...['accounts', 'coverage', 'keys'].map(
    (table) =>
      `UPDATE aws_encryption_${table} SET _cq_sync_time = ${timeOf(day)}, sync_generation = ${day + 1}`,
  ),
  `UPDATE aws_encryption_coverage SET started_at = _cq_sync_time, finished_at = _cq_sync_time, last_complete_at = _cq_sync_time,
     last_complete_generation = ${day + 1}`,
  `UPDATE aws_encryption_keys SET shared_account_ids = ARRAY['1000000001' || ${day % 90} + 10],
     effective_shared_account_ids = ARRAY['1000000001' || ${day % 90} + 10]
   WHERE key_id IN (
     SELECT md5((n % ${size.keys})::text)::uuid::text
     FROM generate_series(${day * size.keysChanged}, ${(day + 1) * size.keysChanged - 1}) AS n
   )`,
];

/** What the checks found on a day: the oldest findings are gone, as many others have come. */
export function resultsOf(checks: readonly Check[], day: number): readonly CheckResult[] {
  const from = day * size.findingsChanged;
  const results = checks.map((check) => ({
    check,
    findings: [] as Finding[],
    gaps: [],
    notAsked: [],
    waived: [],
  }));
  for (let n = from; n < from + size.findings; n += 1) {
    const result = results[n % results.length];
    result?.findings.push(findingOf(result.check, n));
  }
  return results;
}

const findingOf = (check: Check, n: number): Finding => ({
  checkId: check.id,
  severity: check.severity,
  accountId: accountOf(n),
  accountName: `account ${n % size.accounts}`,
  region: 'eu-west-1',
  resource: `arn:aws:kms:eu-west-1:${accountOf(n)}:key/00000000-0000-0000-0000-${String(n).padStart(12, '0')}`,
  message: '',
  status: 'violation',
  principals: [],
  fix: null,
  firstSeen: null,
});
