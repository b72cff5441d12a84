import { east, storeId, users } from './organization-of-uses.ts';

const { data, compute } = users;
const kms = (name: string) => `kms:${east}:${data}:${name}`;
const ec2 = (name: string) => `ec2:${east}:${compute}:${name}`;

/**
 * By use_kind: what uses or names which key, and what becomes of it when the key is disabled and deleted and the grant
 * revoked, and within how many days a key that is enabled again and one that is deleted rescues it.
 *
 * "All requests to use the KMS key in cryptographic operations fail", and a volume that is attached goes on until it is
 * detached (KMS developer guide, "How unusable KMS keys affect data keys"). A database of RDS that is not "recovered in seven
 * days" is terminally inaccessible (AWS Knowledge Center, "How do I resolve an Amazon RDS instance or Amazon Aurora cluster
 * that's in an inaccessible encryption state?"). A cache "cannot be modified or recovered after a hardware failure"
 * (ElastiCache user guide, "At-Rest Encryption in ElastiCache"). After a key's deletion its "data becomes unrecoverable" (KMS
 * developer guide, "Delete an AWS KMS key"; all read 2026-11-30).
 * @param keys their ARNs by name
 */
export const edgesOf = (
  keys: Readonly<Record<string, string>>,
): Readonly<Record<string, readonly string[]>> => ({
  bucket: [`hub bucket ${data} s3 bucket arn:aws:s3:::lake at_once at_once not_known - 0`],
  replication: [`hub replication ${compute} s3 bucket arn:aws:s3:::source at_once at_once not_known - 0`],
  resource: [
    `hub resource ${compute} secretsmanager secret arn:aws:secretsmanager:${east}:${compute}:secret:password-AbCdEf at_once at_once not_known - 0`,
    `hub resource ${compute} rds instance arn:aws:rds:${east}:${compute}:db:orders within_hours within_hours within_hours 7 0`,
    `hub resource ${compute} ebs volume arn:aws:${ec2('volume/vol-1')} at_next_attach at_next_attach not_known - 0`,
    `hub resource ${compute} elasticache replication_group arn:aws:elasticache:${east}:${compute}:replicationgroup:cache until_it_fails until_it_fails until_it_fails - 0`,
    `hub resource ${data} sns topic arn:aws:sns:${east}:${data}:news not_known not_known not_known - 0`,
    `hub resource ${compute} ebs snapshot arn:aws:${ec2('snapshot/snap-2')} at_once at_once not_known - 0`,
    `own resource ${compute} ebs snapshot arn:aws:${ec2('snapshot/snap-1')} at_once at_once not_known - 0`,
    `own resource ${compute} ebs snapshot arn:aws:${ec2('snapshot/snap-3')} at_once at_once not_known - 0`,
    `own resource ${compute} ec2 image arn:aws:${ec2('image/ami-1')} at_once at_once not_known - 0`,
    `own resource ${compute} dms replication_endpoint arn:aws:dms:${east}:${compute}:endpoint:target not_known not_known not_known - 0`,
    `twin resource ${data} sqs queue arn:aws:sqs:${east}:${data}:jobs within_hours within_hours not_known - 0`,
  ],
  default: [
    `hub default ${data} ebs encryption_by_default arn:aws:ec2:${east}:${data}:ebs-encryption-by-default new_data_only new_data_only not_known - -`,
  ],
  second_key: [
    `hub second_key ${compute} ebs snapshot arn:aws:${ec2('snapshot/snap-1')} at_once at_once not_known - 0`,
  ],
  further_key: [
    `hub further_key ${compute} ec2 image arn:aws:${ec2('image/ami-1')} at_once at_once not_known - 0`,
    `hub further_key ${compute} dms replication_endpoint arn:aws:dms:${east}:${compute}:endpoint:target not_known not_known not_known - 0`,
  ],
  grant: [
    `hub grant ${compute} ebs grant aws:ebs:id=vol-1 not_known not_known not_known - 0`,
    `hub grant ${compute} braket grant arn:aws:braket:${east}:${compute}:job/1 not_known not_known not_known - 0`,
    `hub grant ${data} - grant - not_known not_known not_known - 0`,
  ],
  ram: [`hub ram ${users.vendor} ram consumer - not_known not_known not_known - 0`],
  alias: [`hub alias ${data} kms alias arn:aws:${kms('alias/hub')} at_once at_once not_known - 0`],
  multi_region: [
    `twin multi_region ${data} kms multi_region_key ${keys['twin-west']} not_known not_known not_known - -`,
    `twin-west multi_region ${data} kms multi_region_key ${keys.twin} not_known not_known not_known - -`,
  ],
  imported_material: [
    `imported imported_material ${data} kms imported_material - not_known not_known not_known - 0`,
  ],
  key_store: [`stored key_store ${data} kms custom_key_store ${storeId} not_known not_known not_known - 0`],
});
