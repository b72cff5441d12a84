import { phrase } from '../words.ts';

/** What a view says of a resource that is shared and locked, for one use of it. */
export interface Row {
  readonly account_id: string;
  readonly account_name: string | null;
  readonly region: string;
  readonly service: string;
  readonly name: string;
  readonly arn: string;
  readonly state: 'locked' | 'partly_locked' | 'unknown';
  /** Whether it is the key that locks: what else does is told apart. */
  readonly by_key: 'yes' | 'no' | 'unknown';
  readonly locked_by: readonly string[];
  readonly locked_for: 'reading' | 'writing' | 'use';
  readonly key_type: string;
  readonly explanation: string | null;
  /** Those let in and locked out, by name where one is known. */
  readonly locked_out: readonly string[];
  readonly kms_key_arn: string | null;
  readonly fix: unknown;
}

const keyCauses = ['blocked_by_aws_managed_key', 'blocked_by_key_state', 'blocked_by_key_policy'];

/** Which way of the key locks; of several the first, as in the columns. */
export const causeOf = ({ by_key, locked_by }: Row): string =>
  by_key === 'yes' ? (locked_by.find((cause) => keyCauses.includes(cause)) ?? 'unknown') : 'unknown';

/** Where something else locks some, and of others it is not known, the key's part is not known. */
export const stateOf = ({ by_key, state }: Row): Row['state'] => (by_key === 'unknown' ? 'unknown' : state);

const causeTitles: Readonly<Record<string, string>> = {
  blocked_by_aws_managed_key: 'AWS managed key',
  blocked_by_iam: 'IAM of the other account',
  blocked_by_key_policy: 'Key policy and grants',
  blocked_by_key_state: 'State of the key',
  blocked_by_organization_policy: 'Organization policies',
  blocked_by_public_access_block: 'Public access block',
  unknown: 'Not known',
};

export const causeWords = (cause: string): string => causeTitles[cause] ?? phrase(cause);

/** Those let in and locked out, in the columns of a view that say so. */
const lockedOut = (accounts: string, organizations: string, services: string, anyone: string): string => `
  ARRAY(
    SELECT COALESCE(account.name || ' (' || id || ')', 'account ' || id)
    FROM unnest(${accounts}) AS id
    LEFT JOIN aws_encryption_accounts AS account ON account.account_id = id
  )
  || COALESCE(${organizations}, '{}')
  || COALESCE(${services}, '{}')
  || CASE WHEN ${anyone} THEN ARRAY['anyone'] ELSE '{}' END AS locked_out`;

const readers = lockedOut(
  'blocked_account_ids',
  'blocked_organization_ids',
  'blocked_services',
  'blocked_anyone',
);
const writers = lockedOut(
  'write_blocked_account_ids',
  'write_blocked_organization_ids',
  'write_blocked_services',
  'false',
);

const bucketColumns = `
  account_id, account_name, region, 's3' AS service, bucket AS name, arn, state, by_key, locked_by, key_type, kms_key_arn, fix`;

/** By view. */
export const queries: Readonly<Record<string, string>> = {
  locked_buckets: `
    SELECT ${bucketColumns}, explanation, 'reading' AS locked_for, ${readers}
    FROM aws_encryption.locked_buckets`,
  write_locked_buckets: `
    SELECT ${bucketColumns}, write_explanation AS explanation, 'writing' AS locked_for, ${writers}
    FROM aws_encryption.write_locked_buckets`,
  locked_resources: `
    SELECT
      account_id, account_name, region, service,
      -- The last part of the ARN, which may begin with the type: the rest is in the columns beside.
      resource_type || ' ' || CASE
        WHEN starts_with(last_part, resource_type || '/') THEN substr(last_part, length(resource_type) + 2)
        ELSE last_part
      END AS name,
      arn, state, by_key, locked_by, key_type, explanation, kms_key_arn, fix, 'use' AS locked_for, ${readers}
    FROM aws_encryption.locked_resources
    CROSS JOIN LATERAL (SELECT regexp_replace(arn, '^.*:', '') AS last_part) AS named`,
};
