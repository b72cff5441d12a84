import { valueOrNull } from '../aws/fact.ts';
import { key, text, timestamp } from './column.ts';
import { defineKeyTable } from './key-table.ts';
import { placeColumns } from './table.ts';

/** Every key material of a key that can rotate, by ListKeyRotations with all material. */
export const keyRotations = defineKeyTable({
  name: 'aws_encryption_key_rotations',
  title: 'Key materials and rotations',
  doc: 'One row for each key material of a symmetric key with AWS or imported material: the first, the rotated ones, those that wait.',
  columns: {
    ...placeColumns,
    key_id: key(text('Joins `aws_encryption_keys`.')),
    key_material_id: key(text('The material, 64 hexadecimal digits.')),
    account_name: text('Name of the account; null when not known.'),
    arn: text("The key's ARN."),
    key_material_description: text('What its owner wrote; null unless the material is imported.'),
    import_state: text('`IMPORTED` or `PENDING_IMPORT`; null unless the material is imported.'),
    key_material_state: text('`CURRENT`, `NON_CURRENT`, `PENDING_ROTATION`, …, as AWS says.'),
    expiration_model: text('`KEY_MATERIAL_EXPIRES` or `KEY_MATERIAL_DOES_NOT_EXPIRE`; null unless imported.'),
    valid_to: timestamp('When this material expires (UTC); null when it does not.'),
    rotation_date: timestamp(
      'When it became current (UTC); null for the first material and for those that wait.',
    ),
    rotation_type: text('`AUTOMATIC` or `ON_DEMAND`; null for the first material and for those that wait.'),
  },
  values: [],
  sources: ['rotations'],
  rows({ facts }) {
    const { scope, keyId, arn } = facts;
    return (valueOrNull(facts.rotations) ?? []).map((rotation, index) => ({
      account_id: scope.accountId,
      region: scope.region,
      partition: scope.partition,
      key_id: keyId,
      // AWS names every material; a stand-in for AWS that does not must not cost the row.
      key_material_id: rotation.keyMaterialId ?? `unnamed-${rotation.rotationDate?.toISOString() ?? index}`,
      account_name: scope.accountName,
      arn,
      key_material_description: rotation.keyMaterialDescription,
      import_state: rotation.importState,
      key_material_state: rotation.keyMaterialState,
      expiration_model: rotation.expirationModel,
      valid_to: rotation.validTo,
      rotation_date: rotation.rotationDate,
      rotation_type: rotation.rotationType,
    }));
  },
});
