import { keyTypesByName } from '../posture/key-types.ts';
import { key, text } from './column.ts';
import { defineTable, type Row } from './table.ts';

/** The article's table of key types, as rows: the reference that every key's `key_type` points to. */
export const keyTypes = defineTable({
  name: 'aws_encryption_key_types',
  title: 'Types of KMS keys',
  doc: 'What each type of KMS key allows: multi-account access, management, rotation and pricing. Fixed knowledge, no AWS call.',
  columns: {
    key_type: key(text('The type: joins `aws_encryption_keys.key_type`.')),
    title: text('The type in words.'),
    multi_account_access: text('Can another account be let in: `yes`, `no` or `varies`.'),
    can_view_metadata: text('Can the account see the key: `yes`, `no` or `varies`.'),
    can_manage_key: text('Can the account change the key: `yes`, `no` or `varies`.'),
    used_only_for_my_account: text(
      'Is the key used for this account only: `yes` (unless shared on purpose by key policy or grant), `no` or `varies`.',
    ),
    automatic_rotation: text('`no`, `optional`, `required` or `varies`.'),
    on_demand_rotation: text('Can a rotation be asked for: `yes`, `no` or `varies`.'),
    pricing_class: text('`monthly_and_per_use`, `per_use` or `varies`.'),
    hsm_validation: text('What the key material lives in, and its validation.'),
    article_row: text("The type's row in the article; null for a type that came later."),
    note: text('What changed or is corrected since the article, dated; null when nothing.'),
  },
});

/** The rows: the posture rules' own table. */
export const keyTypeRows: readonly Row<typeof keyTypes>[] = Object.values(keyTypesByName).map((type) => ({
  key_type: type.keyType,
  title: type.title,
  multi_account_access: type.multiAccountAccess,
  can_view_metadata: type.canViewMetadata,
  can_manage_key: type.canManageKey,
  used_only_for_my_account: type.usedOnlyForMyAccount,
  automatic_rotation: type.automaticRotation,
  on_demand_rotation: type.onDemandRotation,
  pricing_class: type.pricingClass,
  hsm_validation: type.hsmValidation,
  article_row: type.articleRow,
  note: type.note,
}));
