import { boolean, json, key, text, timestamp } from '../../src/tables/column.ts';
import { defineTable, placeColumns, type Table } from '../../src/tables/table.ts';

/** The tables of IAM's own documents, as far as views read them, until the plugin has them. */
export const iamTables: readonly Table[] = [
  defineTable({
    name: 'aws_encryption_iam_principals',
    title: 'IAM users and roles',
    doc: '',
    columns: {
      ...placeColumns,
      arn: key(text('')),
      principal_type: text(''),
      principal_id: text(''),
      name: text(''),
      path: text(''),
      created_at: timestamp(''),
      tags: json(''),
      policies: json(''),
      boundary_arn: text(''),
      trust_policy: json(''),
      trust_understood: boolean(''),
      assumable: text(''),
      service_linked: boolean(''),
      identity_center: boolean(''),
      last_used_at: timestamp(''),
    },
  }),
  defineTable({
    name: 'aws_encryption_iam_policies',
    title: 'IAM policies',
    doc: '',
    columns: {
      ...placeColumns,
      kind: key(text('')),
      arn: key(text('')),
      sha256: key(text('')),
      name: text(''),
      document: json(''),
      understood: boolean(''),
      problem: text(''),
      mentions_kms: boolean(''),
    },
  }),
];
