import { DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { consoleOf } from './console.ts';
import { keysDashboard } from './encryption-keys.ts';
import { type Leading, linkTo, panelAddress, place } from './layout.ts';
import { bars, stat, table } from './panels.ts';
import { chosen, inRegion, inRegionOrNone, ofKeyType } from './query.ts';
import { trend } from './trend.ts';
import { choices, datasourceVariable } from './variables.ts';

const rotationWords = [
  ...['enabled', 'required', 'paused', 'suspended', 'disabled'],
  ...['unknown', 'not_supported', 'not_visible'],
];

/** Keys by state of rotation, a column each. */
const byRotation = rotationWords
  .map((word) => `COALESCE(sum(keys) FILTER (WHERE rotation = '${word}'), 0)::integer AS ${word}`)
  .join(',\n      ');

const notSeen = stat({
  title: 'Not seen',
  description: 'Accounts, regions and tables that were not read completely: other numbers are then minimums.',
  sql: `
      SELECT
        count(DISTINCT account_id) FILTER (WHERE status <> 'skipped') AS accounts_unknown,
        count(DISTINCT account_id) FILTER (WHERE status = 'skipped' AND of_whole_place) AS accounts_skipped
      FROM aws_encryption.not_seen
      WHERE (account_id IS NULL OR ${chosen('account_id')}) AND ${inRegionOrNone}
    `,
});

const oldest = stat(
  {
    title: 'Age of the oldest reading',
    description: 'Since the oldest of the readings that are shown; orange after a day and a half.',
    sql: `
      SELECT EXTRACT(EPOCH FROM (now() AT TIME ZONE 'UTC') - min(read_at))::float8 AS age
      FROM aws_encryption.coverage
      WHERE status IN ('complete', 'partial') AND ${chosen('account_id')} AND ${inRegionOrNone}
    `,
  },
  'orange',
  's',
  36 * 3600,
);

const keys = stat({
  title: 'KMS keys',
  description: 'Keys that were seen, and those whose type cannot be told.',
  sql: `
    SELECT count(*) AS keys, count(*) FILTER (WHERE key_type = 'unknown') AS type_unknown
    FROM aws_encryption.current_keys
    WHERE ${chosen('account_id')} AND ${inRegion} AND ${ofKeyType}
  `,
});

const outside = stat(
  {
    title: 'Usable outside the organization',
    description:
      'Keys that somebody outside can use, by key policy or grant, and those of which that is not known.',
    sql: `
      SELECT
        count(*) FILTER (WHERE usable = 'yes') AS keys,
        count(*) FILTER (WHERE usable = 'unknown') AS unknown
      FROM aws_encryption.usable_outside_organization
      WHERE ${chosen('account_id')} AND ${inRegion} AND ${ofKeyType}
    `,
  },
  'red',
);

/** Buckets and other resources that are shared and locked by their key, for reading or writing. */
const LOCKED = `
  SELECT account_id, account_name, region, 's3' AS service, bucket AS resource, state, by_key,
    array_to_string(locked_by, ', ') AS cause, explanation, key_type, kms_key_arn
  FROM aws_encryption.locked_buckets
  WHERE by_key <> 'no'
  UNION ALL
  SELECT account_id, account_name, region, 's3', bucket, state, by_key, array_to_string(locked_by, ', '), write_explanation,
    key_type, kms_key_arn
  FROM aws_encryption.write_locked_buckets
  WHERE by_key <> 'no'
  UNION ALL
  SELECT account_id, account_name, region, service, arn, state, by_key, array_to_string(locked_by, ', '), explanation,
    key_type, kms_key_arn
  FROM aws_encryption.locked_resources
  WHERE by_key <> 'no'
`;

const locked = stat(
  {
    title: 'Shared, but locked by the key',
    description:
      'Resources that let somebody in whom their key locks out, and those of which that is not known.',
    sql: `
      SELECT
        count(*) FILTER (WHERE is_proven) AS resources,
        count(*) FILTER (WHERE NOT is_proven) AS unknown
      FROM (
        SELECT bool_or(by_key = 'yes') AS is_proven FROM (${LOCKED}) AS locked
        WHERE ${chosen('account_id')} AND ${inRegion} AND ${ofKeyType}
        GROUP BY service, resource
      ) AS resources
    `,
  },
  'orange',
);

const notRotating = stat(
  {
    title: 'Could rotate, do not',
    description: 'Only keys that can rotate can fail to; what cannot is not counted. Of all regions.',
    sql: `
      SELECT
        COALESCE(sum(keys) FILTER (WHERE rotation = 'disabled'), 0)::integer AS keys,
        COALESCE(sum(keys) FILTER (WHERE eligibility = 'unknown'), 0)::integer AS unknown
      FROM aws_encryption.rotation
      WHERE ${chosen('account_id')} AND ${ofKeyType}
    `,
  },
  'orange',
);

const pending = stat(
  {
    title: 'Pending deletion',
    description: 'Keys that AWS will delete, and keys whose state was not read.',
    sql: `
      SELECT
        count(*) FILTER (WHERE key_state LIKE 'Pending%Deletion') AS keys,
        count(*) FILTER (WHERE key_state IS NULL AND key_type <> 'aws_owned') AS unknown
      FROM aws_encryption.current_keys
      WHERE ${chosen('account_id')} AND ${inRegion} AND ${ofKeyType}
    `,
  },
  'orange',
);

const cost = stat(
  {
    title: 'Monthly cost of keys',
    description: 'List price in US dollars, and keys whose price is not known. Of all regions.',
    sql: `
      SELECT
        sum(monthly_fee_usd)::integer AS list_price,
        COALESCE(sum(keys_price_unknown), 0)::integer AS keys_unknown
      FROM aws_encryption.monthly_cost
      WHERE ${chosen('account_id')} AND ${ofKeyType}
    `,
  },
  'text',
  'currencyUSD',
);

const gaps = table({
  title: 'What was not seen, and since when',
  description: 'Look here before you believe a number.',
  sql: `
    SELECT
      COALESCE(account_name, account_id, 'all accounts') AS account,
      CASE WHEN count(DISTINCT region) > 3 THEN count(DISTINCT region) || ' regions'
        ELSE string_agg(DISTINCT region, ', ') END AS regions,
      replace(table_name, 'aws_encryption_', '') AS table,
      status,
      COALESCE(max(message), max(reason), 'no reason given') AS why,
      min(last_complete_at) AS last_complete_at
    FROM aws_encryption.not_seen
    WHERE (account_id IS NULL OR ${chosen('account_id')}) AND ${inRegionOrNone}
    GROUP BY account_id, account_name, table_name, status, reason
    ORDER BY status = 'skipped', account_id NULLS FIRST, table_name
  `,
});

const keyTypes = bars(
  {
    title: 'Key types × rotation',
    description: 'The key types of the article, live. Of all regions.',
    sql: `
      SELECT
        key_type,
        ${byRotation}
      FROM aws_encryption.rotation
      WHERE ${chosen('account_id')} AND ${ofKeyType}
      GROUP BY key_type
      ORDER BY key_type
    `,
  },
  'key_type',
  rotationWords,
);

const eligible = ['enabled', 'paused', 'suspended', 'disabled', 'unknown'];

const rotation = bars(
  {
    title: 'Rotation where the owner decides, by account',
    description: 'Twenty accounts, those with most keys that could rotate and do not first. Of all regions.',
    sql: `
      SELECT
        COALESCE(account_name, account_id) AS account,
        ${eligible.map((word) => `COALESCE(sum(keys) FILTER (WHERE rotation = '${word}'), 0)::integer AS ${word}`).join(',\n        ')}
      FROM aws_encryption.rotation
      WHERE eligibility IN ('optional', 'unknown') AND ${chosen('account_id')} AND ${ofKeyType}
      GROUP BY account_id, account_name
      ORDER BY disabled DESC, unknown DESC, enabled DESC
      LIMIT 20
    `,
  },
  'account',
  eligible,
);

const matrix = table({
  title: 'Who can use whose keys',
  description:
    'By key policies and grants, outside the organization first; IAM in the user’s account has to allow it, too. Of all regions and key types.',
  sql: `
    SELECT
      COALESCE(owner_account_name, owner_account_id) AS keys_of,
      COALESCE(user_name, user_id) AS usable_by,
      COALESCE(trust, 'unknown') AS trust,
      keys,
      keys_unconditional,
      keys_conditional,
      keys_with_grant
    FROM aws_encryption.account_matrix
    WHERE trust IS DISTINCT FROM 'same_account'
      AND (${chosen('owner_account_id')} OR ${chosen('user_id')})
    ORDER BY
      array_position(ARRAY['anyone', 'external', 'other_account', 'unknown'], COALESCE(trust, 'unknown')),
      keys DESC NULLS FIRST
  `,
});

const lockedRows = table({
  title: 'Shared, but locked by the key',
  description: 'The article’s scenario: shared on paper, AccessDenied in practice.',
  sql: `
    SELECT
      COALESCE(account_name, account_id) AS account, region, service, resource, state, cause,
      COALESCE(explanation, 'not known') AS explanation,
      ${consoleOf('kms_key_arn')}
    FROM (${LOCKED}) AS locked
    WHERE ${chosen('account_id')} AND ${inRegion} AND ${ofKeyType}
    ORDER BY array_position(ARRAY['locked', 'partly_locked', 'unknown'], state), account, resource
  `,
});

const outsideRows = table({
  title: 'Usable outside the organization',
  description:
    'Keys that somebody outside can use, and those of which that is not known: public ones first, then those without conditions.',
  sql: `
    SELECT
      COALESCE(account_name, account_id) AS account, region, name AS key, usable,
      CASE
        WHEN usable_after_policies = 'no' THEN format('stopped by %s', array_to_string(organization_policy_ids, ', '))
        ELSE usable_after_policies
      END AS after_organization_policies, sharing,
      array_to_string(principals, ', ') AS by, array_to_string(reasons, '; ') AS why,
      ${consoleOf('arn')}
    FROM aws_encryption.usable_outside_organization
    WHERE ${chosen('account_id')} AND ${inRegion} AND ${ofKeyType}
    ORDER BY aws_encryption.urgency_rank(urgency), account, region, name
  `,
});

const deletions = table({
  title: 'Pending deletions, and what they break',
  description: 'Days left, and the resources that are configured with the key.',
  sql: `
    SELECT
      COALESCE(account_name, account_id) AS account, region, name AS key,
      COALESCE(days_left::text, 'no date yet') AS days_left,
      use, concat_ws(' ', used_by_service, used_by_resource_type, used_by_arn) AS used_by,
      ${consoleOf('arn')}
    FROM (
      SELECT lost.*, key.key_type
      FROM aws_encryption.uses_of_lost_keys AS lost
      LEFT JOIN aws_encryption.current_keys AS key ON key.arn = lost.arn
    ) AS lost
    WHERE ${chosen('account_id')} AND ${inRegion} AND ${ofKeyType} AND key_state <> 'Disabled'
    ORDER BY deletion_date NULLS LAST, account, key
  `,
});

const keyUses = table({
  title: 'What hangs on each key',
  description:
    'Customer managed keys: the disabled and those pending deletion that are in use first, then the most used. Keys whose type is not known are not among them. Objects with keys of their own, ciphertext of applications and backups elsewhere are never read.',
  units: { recoverable_days: 'd' },
  sql: `
    SELECT
      COALESCE(account_name, account_id) AS account, region, name AS key, COALESCE(key_state, 'unknown') AS state,
      confidence, uses, accounts, break_at_once, break_later, break_not_known,
      COALESCE(recoverable_days::text, '') AS recoverable_days, last_used_at,
      ${consoleOf('arn')}
    FROM aws_encryption.key_blast_radius
    WHERE ${chosen('account_id')} AND ${inRegion} AND ${ofKeyType} AND key_type LIKE 'customer%'
    ORDER BY
      (confidence = 'in_use' AND key_state IN ('Disabled', 'PendingDeletion', 'PendingReplicaDeletion')) IS TRUE DESC,
      uses DESC, account, key
    LIMIT 500
  `,
});

const costRows = table({
  title: 'Monthly cost by account and key type',
  description: 'List prices; keys without a known price are counted apart. Of all regions.',
  units: { monthly_fee_usd: 'currencyUSD' },
  sql: `
    SELECT
      COALESCE(account_name, account_id) AS account, key_type, keys,
      monthly_fee_usd, keys_price_unknown
    FROM aws_encryption.monthly_cost
    WHERE ${chosen('account_id')} AND ${ofKeyType}
    ORDER BY monthly_fee_usd DESC NULLS LAST, account, key_type
  `,
});

/** The first panel of the other dashboard. */
const inventory = panelAddress(keysDashboard, 1);

const to = (panel: Leading['panel'], rows: Leading['to']): Leading => ({ panel, to: rows });

/** The posture of the organization, of all accounts or of some. */
export const encryptionPosture = place(
  new DashboardBuilder('Encryption posture')
    .description('What every KMS key is, who may use it, whether it rotates and what it costs.')
    .tags(['aws', 'kms', 'encryption'])
    .timezone('utc')
    .readonly()
    .refresh('')
    // Of the trend alone: all else is as of now.
    .time({ from: 'now-90d', to: 'now' })
    .variables([datasourceVariable, ...choices])
    .link(linkTo('Keys', keysDashboard)),
  'aws-encryption-posture',
  [
    { height: 4, panels: [to(notSeen, gaps), to(oldest, gaps), to(keys, inventory), to(cost, costRows)] },
    {
      height: 4,
      panels: [
        to(outside, outsideRows),
        to(locked, lockedRows),
        to(notRotating, inventory),
        to(pending, deletions),
      ],
    },
    { height: 8, panels: [trend] },
    { height: 6, panels: [gaps] },
    { height: 10, panels: [matrix] },
    { height: 9, panels: [keyTypes, rotation] },
    { height: 9, panels: [lockedRows] },
    { height: 8, panels: [outsideRows, deletions] },
    { height: 9, panels: [keyUses] },
    { height: 8, panels: [costRows] },
  ],
);
