import { DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { consoleOf } from './console.ts';
import { linkTo, place } from './layout.ts';
import { table } from './panels.ts';
import { chosen, inRegion, ofKeyType } from './query.ts';
import { choices, datasourceVariable } from './variables.ts';

const inventory = table({
  title: 'Keys',
  description:
    'Every key as it was last seen. Kept: shown as an earlier sync saw it, since the last did not reach it.',
  units: { monthly_fee_usd: 'currencyUSD' },
  sql: `
    SELECT
      COALESCE(account_name, account_id) AS account, region, name AS key, key_type, key_state, key_spec,
      sharing, sharing_complete, rotation_state, monthly_fee_usd, creation_date, freshness, key_id,
      ${consoleOf('arn')}
    FROM aws_encryption.current_keys
    WHERE ${chosen('account_id')} AND ${inRegion} AND ${ofKeyType}
    ORDER BY account, region, key
  `,
});

const families = table({
  title: 'Multi-Region keys: exposure of the family',
  description:
    'A family is as exposed as its most exposed member; unknown when one was not seen. Those with a member in the chosen regions, the widest first.',
  sql: `
    SELECT
      COALESCE(account_name, account_id) AS account, key_id, array_to_string(regions, ', ') AS regions, exposure,
      COALESCE(widest_proven, 'unknown') AS widest_proven, cardinality(not_seen_arns) AS members_not_seen
    FROM aws_encryption.multi_region_exposure AS family
    WHERE ${chosen('account_id')} AND EXISTS (
      SELECT FROM aws_encryption.current_keys AS member
      WHERE member.account_id = family.account_id AND member.key_id = family.key_id AND ${inRegion} AND ${ofKeyType}
    )
    ORDER BY array_position(ARRAY['public', 'external', 'other_account', 'organization', 'not_shared', 'unknown'], exposure),
      account, key_id
  `,
});

const material = table({
  title: 'Imported material that expires',
  description: 'Or has expired, or was never imported: the key cannot be used then.',
  sql: `
    SELECT
      COALESCE(account_name, account_id) AS account, region, name AS key, material,
      COALESCE(days_left::text, '') AS days_left, freshness,
      ${consoleOf('arn')}
    FROM (SELECT *, 'customer_managed_external_material' AS key_type FROM aws_encryption.expiring_material) AS imported
    WHERE ${chosen('account_id')} AND ${inRegion} AND ${ofKeyType}
    ORDER BY valid_to NULLS LAST, account, key
  `,
});

const grants = table({
  title: 'Grants to accounts outside, closed or suspended',
  description: 'A grant is not in the key policy, and outlives the account that it was made for.',
  sql: `
    SELECT
      COALESCE(account_name, account_id) AS account, region, key_name AS key, grantee_status,
      COALESCE(grantee, 'unknown') AS grantee, COALESCE(grantee_account_name, grantee_account_id, 'unknown') AS of, reason,
      ${consoleOf('key_arn')}
    FROM (
      SELECT granted.*, key.key_type
      FROM aws_encryption.outside_grants AS granted
      LEFT JOIN aws_encryption.current_keys AS key
        ON key.account_id = granted.account_id AND key.region = granted.region AND key.key_id = granted.key_id
    ) AS granted
    WHERE ${chosen('account_id')} AND ${inRegion} AND ${ofKeyType}
    ORDER BY array_position(ARRAY['outside_organization', 'closed', 'suspended', 'unknown'], grantee_status), account, key
  `,
});

const unused = table({
  title: 'Not used for 90 days',
  description: 'Unknown unless the sync asks for it (include_key_last_usage).',
  units: { monthly_fee_usd: 'currencyUSD', days_unused: 'd' },
  sql: `
    SELECT
      COALESCE(account_name, account_id) AS account, region, name AS key, usage, days_unused, monthly_fee_usd,
      ${consoleOf('arn')}
    FROM aws_encryption.unused_keys
    WHERE ${chosen('account_id')} AND ${inRegion} AND ${ofKeyType}
    ORDER BY usage, days_unused DESC NULLS LAST, account, key
  `,
});

const recommendation = table({
  title: 'AWS managed keys on shared resources',
  description:
    'They let no other account in, and cannot be made to: take customer managed keys for what is shared.',
  sql: `
    SELECT
      COALESCE(account_name, account_id) AS account, region, service, arn AS resource, answer, key_type,
      COALESCE(explanation, 'not known') AS explanation,
      ${consoleOf('kms_key_arn')}
    FROM aws_encryption.aws_managed_keys_on_shared_resources
    WHERE ${chosen('account_id')} AND ${inRegion} AND ${ofKeyType}
    ORDER BY answer DESC, account, resource
  `,
});

/** Its address; the list of all keys is its first panel. */
export const keysDashboard = 'aws-encryption-keys';

/** The keys themselves, one by one. */
export const encryptionKeys = place(
  new DashboardBuilder('Encryption keys')
    .description('Every KMS key of the chosen accounts, and what to do about some of them.')
    .tags(['aws', 'kms', 'encryption'])
    .timezone('utc')
    .readonly()
    .refresh('')
    .variables([datasourceVariable, ...choices])
    .link(linkTo('Posture', 'aws-encryption-posture')),
  keysDashboard,
  [
    { height: 12, panels: [inventory] },
    { height: 8, panels: [families, material] },
    { height: 8, panels: [grants, unused] },
    { height: 8, panels: [recommendation] },
  ],
);
