import { addIamGroup, addIamRole, addIamUser, trustPolicy } from '../account-iam.ts';
import type { SimAccount } from '../model.ts';
import { at } from '../wire-shapes.ts';

const region = 'us-east-1';

const policy = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2);

const allow = (Action: readonly string[], Resource = '*') => ({ Effect: 'Allow', Action, Resource });

/**
 * Users and roles of the article's two accounts: whoever has both rights reads the data lake; `reports` has the one on
 * the bucket only; in the data account some may use keys, one may delete them, and one gets there by way of a role.
 */
export function addDemoIam(data: SimAccount, compute: SimAccount): void {
  const objects = allow(['s3:GetObject'], 'arn:aws:s3:::data-*');
  addIamRole(compute, {
    name: 'reports',
    inline: { 'read-objects': policy(objects) },
    trustPolicy: trustPolicy({ Service: 'lambda.amazonaws.com' }),
  });
  const keysOfData = `arn:aws:kms:${region}:${data.id}:key/*`;
  addIamRole(data, {
    name: 'etl',
    lastUsed: { at: at('2026-11-20T03:00:00Z'), region },
    inline: { orders: policy(allow(['kms:Decrypt', 'kms:GenerateDataKey'], keysOfData)) },
  });
  addIamRole(data, {
    name: 'key-admin',
    inline: { keys: policy(allow(['kms:ScheduleKeyDeletion', 'kms:PutKeyPolicy', 'kms:Describe*'])) },
    trustPolicy: trustPolicy({ AWS: `arn:aws:iam::${data.id}:root` }),
  });
  addIamGroup(data, {
    name: 'operators',
    inline: { 'become-admin': policy(allow(['sts:AssumeRole'], `arn:aws:iam::${data.id}:role/key-admin`)) },
  });
  addIamUser(data, { name: 'ann', groups: ['operators'] });
}
