/** One question of the README, answered from the synced tables or the views over them. */
export interface Question {
  readonly title: string;
  readonly sql: string;
}

/** What `npm run demo` prints, in this order. */
export const questions: readonly Question[] = [
  {
    title: "The article's table, with the number of keys of each type",
    sql: `
      select t.title, t.multi_account_access, t.can_view_metadata, t.can_manage_key, t.used_only_for_my_account,
             t.automatic_rotation, t.pricing_class, count(k.key_id) as keys
      from aws_encryption_key_types t
      left join aws_encryption_keys k using (key_type)
      group by t.key_type, t.title, t.multi_account_access, t.can_view_metadata, t.can_manage_key,
               t.used_only_for_my_account, t.automatic_rotation, t.pricing_class
      union all
      select 'type not known', null, null, null, null, null, null, count(*)
      from aws_encryption_keys where key_type is null
      order by 1`,
  },
  {
    title: 'Who can use whose keys: account × account',
    sql: `
      with admitted as (
        select a.account_name as owner, a.trust, a.certainty, a.key_id, a.limited_by,
               unnest(case
                 when a.trust = 'anyone' then array['anyone']
                 when a.trust = 'service' then coalesce(a.limited_to_services, array[a.principal])
                 when a.limited_to_organization_ids is not null then a.limited_to_organization_ids
                 else coalesce(a.limited_to_account_ids, array[a.principal_account_id]) end) as who
        from aws_encryption_key_access a
        where a.effect = 'Allow' and a.certainty <> 'denied' and a.trust <> 'same_account'
          and a.access && array['use', 'grant'])
      select owner, coalesce(m.name, who) as may_use_its_keys, trust,
             count(distinct key_id) as keys,
             count(distinct key_id) filter (where certainty = 'unconditional') as of_them_without_conditions,
             count(distinct key_id) filter (where cardinality(limited_by) > 0) as of_them_limited_by_policies
      from admitted
      left join aws_encryption_accounts m on m.account_id = who
      group by owner, coalesce(m.name, who), trust
      order by 1, 2`,
  },
  {
    title: 'Shared on paper, locked in practice: who is let in by a bucket policy and cannot read',
    sql: `
      with locked as (
        select account_name, name, key_type, cross_account_read,
               unnest(blocked_account_ids || blocked_organization_ids || blocked_services
                      || case when blocked_anyone then array['anyone'] else '{}' end) as who
        from aws_encryption_s3_buckets)
      select l.account_name as owner, l.name as bucket, coalesce(m.name, l.who) as locked_out, l.key_type,
             l.cross_account_read
      from locked l
      left join aws_encryption_accounts m on m.account_id = l.who
      order by 1, 2, 3`,
  },
  {
    title: 'The same for queues and topics',
    sql: `
      select r.account_name as owner, r.service, split_part(r.arn, ':', 6) as resource, r.judged_operation,
             r.key_type, r.cross_account_use, r.blocked_account_ids || r.blocked_services as locked_out
      from aws_encryption_resources r
      where r.judged_operation is not null
      order by 1, 2, 3`,
  },
  {
    title: 'Closed by organization policies: their own documents let in whom an SCP or RCP locks out',
    sql: `
      with let_in as (
        select arn, shared_account_ids as before, effective_shared_account_ids as after
        from aws_encryption.current_keys
        union all
        select arn, blocked_account_ids, '{}' from aws_encryption.current_buckets)
      select p.account_name as owner, p.resource_type as kind, p.name,
             array(select coalesce(m.name, who)
                   from unnest(l.before) as who
                   left join aws_encryption_accounts m on m.account_id = who
                   where who <> all (l.after)
                   order by 1) as locked_out,
             p.policies as closed_by
      from aws_encryption.protected_by_organization_policies p
      left join let_in l using (arn)
      order by 1, 2, 3`,
  },
  {
    title: "Other accounts' keys: given by AWS RAM, or named by resources; `outside` is a sign of ransom",
    sql: `
      select account_name, owner_name as key_of, owner_standing, found_by,
             array_to_string(used_by_services, ', ') as used_by, resources_count as resources, arn
      from aws_encryption_foreign_keys
      order by 1, 2, 7`,
  },
  {
    title:
      'What hangs on the keys of the data account: what stops when one is disabled, and how it is shared',
    sql: `
      select coalesce(k.aliases[1], r.key_type, r.encryption_state) as key, r.service, r.resource_type,
             regexp_replace(r.arn, '^([^:]*:){5}', '') as name,
             r.cross_account_read, r.cross_account_write
      from aws_encryption_resources r
      left join aws_encryption_keys k on k.arn = r.kms_key_arn
      where r.account_name = 'data' and r.service not in ('sqs', 'sns')
      order by 1, 2, 3, 4`,
  },
  {
    title:
      'Who can really decrypt with the key alias/data-lake, and who can delete it: all policies taken together',
    sql: `
      select coalesce(m.name, p.principal_account_id) as account,
             regexp_replace(p.principal_arn, '^.*::[0-9]*:', '') as principal,
             case when 'kms:Decrypt' = any(p.unconditional_actions) then 'yes'
                  when 'kms:Decrypt' = any(p.actions) then 'under conditions' else 'no' end as can_decrypt,
             case when 'kms:ScheduleKeyDeletion' = any(p.unconditional_actions) then 'yes'
                  when 'kms:ScheduleKeyDeletion' = any(p.actions) then 'under conditions' else 'no' end as can_delete,
             array_to_string(p.allowed_by, ', ') as allowed_by,
             array(select regexp_replace(role, '^.*:', '') from unnest(p.reached_through) as role) as or_as_role
      from aws_encryption_key_principals p
      join aws_encryption_keys k using (account_id, region, key_id)
      left join aws_encryption_accounts m on m.account_id = p.principal_account_id
      where 'alias/data-lake' = any(k.aliases)
      order by 1, 2`,
  },
  {
    title: 'What hangs on keys that are disabled or wait to be deleted, and what of it breaks first',
    sql: `
      select r.name as key, r.key_state as state, to_char(r.deletion_date, 'YYYY-MM-DD') as deleted, r.confidence,
             u.breaks_when_disabled as breaks, u.use_kind as use, u.service,
             coalesce(m.name, u.used_by_account_id) as of_account, u.used_by_arn as what
      from aws_encryption.key_blast_radius r
      left join aws_encryption.key_uses u on u.key_arn = r.arn and u.needs_key
      left join aws_encryption_accounts m on m.account_id = u.used_by_account_id
      where r.key_state in ('Disabled', 'PendingDeletion', 'PendingReplicaDeletion')
      order by r.confidence, 3, 1, aws_encryption.breaking_order(u.breaks_when_disabled), 9`,
  },
  {
    title: 'A key that nobody seems to use: how far that is known, and what is never read',
    sql: `
      with idle as (
        select * from aws_encryption.key_blast_radius
        where confidence <> 'in_use' and key_type like 'customer%' and key_state = 'Enabled'
        order by account_id, region, key_id limit 1)
      select name as key, confidence, 'not seen' as gap, unnest(not_seen) as what from idle
      union all
      select name, confidence, 'never read', unnest(never_read) from idle`,
  },
  {
    title: 'What could not be seen',
    sql: `
      select account_id, account_name, region, table_name, status, reason,
             regexp_replace(message, '^.*; ', '') as what_to_do
      from aws_encryption_coverage
      where status <> 'complete' and reason is distinct from 'not_selected'
      order by status, account_id, region, table_name`,
  },
];
