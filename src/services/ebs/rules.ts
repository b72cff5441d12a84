import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { byCaller, reading } from '../../posture/resource/rules.ts';
import { noPolicyGrammar } from '../no-policy-grammar.ts';
import { readerCalls } from '../reader-calls.ts';
import type { SortRules } from '../sort-rules.ts';
import type { BlockStorage, EbsSnapshot } from './calls.ts';

const ebs = {
  service: 'ebs',
  byDefault: true,
  coveredByRcps: false,
  viaService: 'ec2',
  defaultAlias: 'alias/aws/ebs',
  grammar: noPolicyGrammar('ec2'),
  // The id of the volume or of the snapshot, by the request (KMS developer guide, "Amazon EBS encryption context").
  encryptionContext: () => ({ 'aws:ebs:id': '*' }),
} as const;

/**
 * Snapshots that the account owns. Whoever copies a shared one, or makes a volume of it, needs the key: these are
 * the actions of "Share the KMS key used to encrypt a shared Amazon EBS snapshot" (EBS user guide, read 2026-11-24).
 * A key that was associated with it is "a second, independent way to access the snapshot's data" (AssociateKmsKeyId,
 * botocore 1.44.8, read 2026-11-28).
 */
export const ebsSnapshotRules = {
  ...ebs,
  title: 'Amazon EBS snapshots',
  resourceTypes: { snapshot: null },
  calls: {
    'ec2:DescribeSnapshots': null,
    'ec2:DescribeSnapshotAttribute': null,
    'ec2:GetSnapshotBlockPublicAccessState': null,
  },
  sharedBy: 'accounts',
  whenKeyIsLost: 'at_once',
  checkedAgainst: 'caller',
  operations: [
    {
      ...reading(
        'copy',
        null,
        byCaller(
          'kms:DescribeKey',
          'kms:CreateGrant',
          'kms:GenerateDataKey',
          'kms:GenerateDataKeyWithoutPlaintext',
          'kms:ReEncryptFrom',
          'kms:Decrypt',
        ),
      ),
      // RunInstances makes a volume of a snapshot that its BlockDeviceMappings name (EC2 API reference).
      readerCalls: readerCalls('ec2', 'CopySnapshot CreateVolume RunInstances'),
    },
  ],
} as const satisfies SortRules;

/**
 * EC2 uses a volume's key by a grant that it made when the volume was attached. What is attached goes on without the
 * key, since the host holds the data key (KMS developer guide, "How unusable KMS keys affect data keys", read
 * 2026-11-24).
 */
export const ebsVolumeRules = {
  ...ebs,
  title: 'Amazon EBS volumes',
  resourceTypes: { volume: null },
  calls: { 'ec2:DescribeVolumes': null },
  sharedBy: 'nothing',
  whenKeyIsLost: {
    key_disabled: {
      breaks: 'at_next_attach',
      recoverableDays: null,
      why: 'An attached volume goes on, since its host holds the data key; once detached it cannot be attached again until the key is back.',
    },
    key_deleted: {
      breaks: 'at_next_attach',
      recoverableDays: 0,
      why: 'An attached volume goes on until it is detached: until then its data can be copied elsewhere.',
    },
  },
  checkedAgainst: 'service',
  operations: [],
} as const satisfies SortRules;

/** The account's default for new volumes and copies: one row in each region, under an ARN that AWS does not use. */
export const ebsDefaultRules = {
  ...ebs,
  title: 'Default of new Amazon EBS volumes',
  resourceTypes: { encryption_by_default: 'of new EBS volumes: one in each region, by an ARN of its own' },
  calls: { 'ec2:GetEbsEncryptionByDefault': null, 'ec2:GetEbsDefaultKmsKeyId': null },
  sharedBy: 'nothing',
  whenKeyIsLost: {
    key_disabled: {
      breaks: 'new_data_only',
      recoverableDays: null,
      why: 'No new volumes and copies can be made by default until the key is back or another is the default.',
    },
    key_deleted: {
      breaks: 'new_data_only',
      recoverableDays: null,
      why: 'No new volumes and copies can be made by default until another key is the default.',
    },
  },
  checkedAgainst: 'caller',
  operations: [],
} as const satisfies SortRules;

export function snapshotEncryption(snapshot: EbsSnapshot): ResourceEncryption {
  const encryption = blockEncryption(snapshot);
  const { associatedKmsKeyIds: associatedKeys } = snapshot;
  return encryption.state === 'kms' ? { ...encryption, associatedKeys } : encryption;
}

/** A snapshot, volume or default that is encrypted always names its key. */
export function blockEncryption({
  encrypted,
  kmsKeyId,
}: Pick<BlockStorage, 'encrypted' | 'kmsKeyId'>): ResourceEncryption {
  if (!encrypted) return { state: 'none', key: null };
  return kmsKeyId === null ? { state: 'unknown', key: null } : { state: 'kms', key: kmsKeyId };
}
