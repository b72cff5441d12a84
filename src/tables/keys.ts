import { boolean, integer, json, key, text, textList, timestamp } from './column.ts';
import { fixColumn } from './fix-column.ts';
import { keyRow, keyRowReads } from './key-row.ts';
import { defineKeyTable } from './key-table.ts';
import { errorsColumn, placeColumns } from './table.ts';

/** The table that the product is about: every KMS key, what it is, who shares it, whether it rotates, what it costs. */
export const keys = defineKeyTable({
  name: 'aws_encryption_keys',
  title: 'KMS keys',
  doc: 'One row for each KMS key of each account and region, classified by who manages it and where its material is from. AWS owned keys, which no API lists, are here only when `aws_encryption_s3_buckets` and `aws_encryption_resources` are selected, too, through whose rows they are found; without those, and without a state, CloudQuery deletes those that an earlier sync has found.',
  columns: {
    ...placeColumns,
    key_id: key(
      text("The key's id, the same in all regions of a multi-Region key; `aws-owned/…` for AWS owned keys."),
    ),
    arn: text('Null for AWS owned keys, which no API shows.'),
    account_name: text('Name of the account in the organization or the spec; null when neither gives one.'),
    enumerated_by: text(
      '`kms`: ListKeys named it. `resource`: a resource says that it uses an AWS owned key, which no API lists.',
    ),
    resources_count: integer(
      'Of AWS owned keys: how many resources of the account and region were seen to use it; null for other keys.',
    ),

    key_type: text(
      'Joins `aws_encryption_key_types`; null when it cannot be told, then `key_type_reason` says why.',
    ),
    key_type_reason: text(
      'Why `key_type` is null: an origin or spec that is new, or metadata that was not read.',
    ),
    multi_account_access: text("Of the key's type: can another account be let in."),
    can_view_metadata: text("Of the key's type: can the account see the key."),
    can_manage_key: text("Of the key's type: can the account change the key."),
    used_only_for_my_account: text(
      "Of the key's type: used for this account only, unless shared on purpose.",
    ),
    automatic_rotation: text(
      "Of the key's type: `no`, `optional`, `required` or `varies`; what the key itself does is in `rotation_state`.",
    ),
    pricing_class: text("Of the key's type: `monthly_and_per_use`, `per_use` or `varies`."),

    key_manager: text('`CUSTOMER` or `AWS`, as AWS says; null when metadata was not read.'),
    origin: text(
      '`AWS_KMS`, `EXTERNAL`, `AWS_CLOUDHSM`, `EXTERNAL_KEY_STORE`, or what AWS adds later, as it says.',
    ),
    key_spec: text('`SYMMETRIC_DEFAULT`, `RSA_2048`, …, as AWS says.'),
    key_usage: text('`ENCRYPT_DECRYPT`, `SIGN_VERIFY`, `GENERATE_VERIFY_MAC`, `KEY_AGREEMENT`, as AWS says.'),
    key_state: text('`Enabled`, `Disabled`, `PendingDeletion`, `PendingImport`, …, as AWS says.'),
    enabled: boolean('Whether the key can be used now.'),
    description: text('What its owner wrote.'),
    creation_date: timestamp('When the key was created (UTC).'),
    deletion_date: timestamp('When AWS will delete it (UTC); null unless it is pending deletion.'),
    pending_deletion_window_in_days: integer(
      'Days from the deletion of the last replica to that of this primary; null otherwise.',
    ),
    multi_region: boolean('Whether it is a multi-Region key.'),
    multi_region_key_type: text('`PRIMARY` or `REPLICA`; null for a single-Region key.'),
    primary_key_arn: text("The multi-Region family's primary key; null for a single-Region key."),
    replica_key_arns: textList("The multi-Region family's replica keys; null for a single-Region key."),
    custom_key_store_id: text('The CloudHSM or external key store that holds the material; null otherwise.'),
    cloud_hsm_cluster_id: text('The cluster of a CloudHSM key store; null otherwise.'),
    xks_key_id: text("The key's id in the external key manager; null otherwise."),
    expiration_model: text(
      '`KEY_MATERIAL_EXPIRES` or `KEY_MATERIAL_DOES_NOT_EXPIRE`; null unless material is imported.',
    ),
    valid_to: timestamp(
      'When imported material expires, the earliest of several (UTC); null when none does.',
    ),
    current_key_material_id: text('The material in use; null for keys that have no such id.'),
    material_state: text(
      'Of imported material: `imported`, `expired`, `never_imported`, or `unknown`; null for keys whose material is not imported.',
    ),
    encryption_algorithms: textList('Null unless the key encrypts.'),
    signing_algorithms: textList('Null unless the key signs.'),
    mac_algorithms: textList('Null unless the key makes MACs.'),
    key_agreement_algorithms: textList('Null unless the key agrees on secrets.'),
    encapsulation_algorithms: textList('Null unless the key encapsulates secrets (ML-KEM).'),
    aliases: textList(
      'All aliases of the key, sorted; empty when it has none, null when they were not read.',
    ),
    tags: json('Tag key → value; null when not read, and for AWS managed keys.'),
    aws_service: text('Of an AWS managed key: the service, `s3` of `alias/aws/s3`; null otherwise.'),

    sharing: text(
      'From narrow to wide: `not_visible` (AWS owned), `not_shareable` (AWS managed), `not_shared`, `organization`, `other_account` (membership not known), `external`, `public`; `unknown` when nothing is proven.',
    ),
    sharing_complete: boolean(
      'False when a policy or the grants were unread, unreadable or not understood: `sharing` is then the widest that is proven.',
    ),
    sharing_gaps: textList(
      'What keeps `sharing_complete` from being true: `grants_not_asked` (`include_grants: false`), `grants_unread`, `key_manager_not_known`, `key_policy_not_understood`, `key_policy_unread`, `principal_not_told` (somebody is let in by a text that tells no account, or may be whom a `NotPrincipal` lists), `ram_policy_not_understood`, `ram_policy_unread`; empty when nothing does, null for AWS owned keys.',
    ),
    shared_account_ids: textList('Other accounts that are proven to be let in.'),
    shared_organization_ids: textList('Organizations that are proven to be let in, by their id.'),
    shared_outside_organization: boolean('True when proven, false only when `sharing_complete`, else null.'),
    shared_access: textList('What those let in may do: `use`, `grant`, `read_metadata`.'),
    shared_by: textList(
      'What lets in beyond the own account: `grant`, `key_policy`, `ram` (the policy that AWS RAM manages).',
    ),
    effective_sharing: text(
      '`sharing` after service and resource control policies: only what they surely deny narrows it, what may be denied leaves the wider word. Null where others are let in and neither was read, and for AWS owned keys.',
    ),
    effective_sharing_complete: boolean(
      'As `sharing_complete`; false, too, where policies may take more away or were not read; null where `effective_sharing` is.',
    ),
    effective_shared_account_ids: textList(
      'Of `shared_account_ids` those that policies leave, and accounts that they spare where they keep out the organization or everybody that these are part of (the management account, exceptions of a perimeter); null where `effective_sharing` is.',
    ),
    effective_shared_organization_ids: textList(
      'Of `shared_organization_ids` those that policies leave, if not with all accounts, and an organization that they spare where they keep out everybody else; null where `effective_sharing` is.',
    ),
    effective_shared_outside_organization: boolean(
      'As `shared_outside_organization`, after policies; null, too, where `effective_sharing` is.',
    ),
    organization_policy_ids: textList(
      'The service and resource control policies that take sharing of the key away, `p-…`; null where `effective_sharing` is.',
    ),
    unread_policies: textList(
      'The key policies that could not be read, `AWS_RAM` or `default`; empty when both were, or there is no second one.',
    ),

    rotation_state: text(
      '`enabled`, `disabled`, `required` (AWS managed), `suspended` (pending deletion hides the setting), `not_supported`, `not_visible` (AWS owned) or `unknown`.',
    ),
    rotation_paused: boolean(
      'Whether the key is disabled and its rotation waits; null where rotation is not a setting.',
    ),
    rotation_not_supported_reason: text(
      '`asymmetric`, `hmac`, `external_material`, `cloudhsm` or `xks`; null otherwise.',
    ),
    rotation_period_in_days: integer('Days between automatic rotations; null unless rotation is enabled.'),
    next_rotation_date: timestamp('When AWS rotates it next (UTC); null unless rotation is enabled.'),
    last_rotation_date: timestamp('When it was last rotated (UTC); null when never or not read.'),
    rotations_count: integer(
      'Completed rotations, automatic and on demand; null when not read or not rotatable.',
    ),
    on_demand_rotation_supported: boolean('Whether a rotation of this kind of key can be asked for.'),

    monthly_fee_usd: integer(
      'List price of keeping the key for a month, in US dollars; null where no price is sourced or provable.',
    ),
    request_price_class: text("AWS's price class of a request on the key; null where no source names one."),
    fix: fixColumn(
      'What takes access away from accounts outside the organization, from everybody, and from deleted principals: statements or principals of the key policy, grants to revoke',
      'of keys that let in none such, and of AWS managed keys',
    ),
    errors: errorsColumn,
  },
  values: keyRowReads,
  sources: [],
  rows: (posture) => [keyRow(posture)],
});
