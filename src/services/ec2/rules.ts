import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { byCaller, reading } from '../../posture/resource/rules.ts';
import type { EbsSnapshot } from '../ebs/calls.ts';
import { snapshotEncryption } from '../ebs/rules.ts';
import { noPolicyGrammar } from '../no-policy-grammar.ts';
import { readerCalls } from '../reader-calls.ts';
import type { SortRules } from '../sort-rules.ts';
import type { ImageVolume, MachineImage } from './calls.ts';

/**
 * Machine images that the account owns, with the snapshots behind them. Whoever is on the list of launch permissions
 * gets these for the launch without a permission of their own, "However, you do need to share the KMS keys used to
 * encrypt snapshots that the AMI references" (EC2 user guide, "Manage AMI sharing with an organization or OU"); what
 * KMS must allow is in "Permissions for users" of the EBS user guide (both read 2026-11-29). The snapshots may be
 * shared by themselves as well: each has a row of its own (`ebs`), and who copies an image needs that.
 */
export const imageRules = {
  service: 'ec2',
  byDefault: true,
  title: 'Amazon machine images (AMIs)',
  resourceTypes: { image: 'an AMI, with the keys of its snapshots' },
  calls: {
    'ec2:DescribeImages': null,
    'ec2:DescribeImageAttribute': null,
    'ec2:DescribeSnapshots': null,
    'ec2:GetImageBlockPublicAccessState': null,
  },
  sharedBy: 'accounts',
  coveredByRcps: false,
  whenKeyIsLost: 'at_once',
  viaService: 'ec2',
  defaultAlias: 'alias/aws/ebs',
  checkedAgainst: 'caller',
  grammar: noPolicyGrammar('ec2'),
  operations: [
    {
      ...reading(
        'launch',
        null,
        byCaller(
          'kms:DescribeKey',
          'kms:CreateGrant',
          'kms:GenerateDataKeyWithoutPlaintext',
          'kms:ReEncryptFrom',
          'kms:Decrypt',
        ),
      ),
      // Fleets and Auto Scaling ask for RunInstances (EC2 API reference, read 2026-11-29).
      readerCalls: readerCalls(
        'ec2',
        'RunInstances RequestSpotInstances RequestSpotFleet CreateReplaceRootVolumeTask',
      ),
    },
  ],
  // The id of the volume or of the snapshot, by the request (KMS developer guide, "Amazon EBS encryption context").
  encryptionContext: () => ({ 'aws:ebs:id': '*' }),
  caveat:
    'whoever launches it without some of its volumes needs the keys of the others only, that of the root volume always',
} as const satisfies SortRules;

/**
 * The keys of all snapshots are needed. DescribeImages names no key ("only supported on BlockDeviceMapping objects
 * called by RunInstances, RequestSpotFleet, and RequestSpotInstances", EbsBlockDevice of @aws-sdk/client-ec2, read
 * 2026-11-29): the snapshots themselves do.
 * @param snapshots of the account, by id; one that is not among them, another owns, or it is gone
 */
export function imageEncryption(
  { rootDeviceType, volumes }: Pick<MachineImage, 'rootDeviceType' | 'volumes'>,
  snapshots: ReadonlyMap<string, EbsSnapshot>,
): ResourceEncryption {
  const stored = volumes.filter(({ snapshotId }) => snapshotId !== null);
  const each = stored.map((volume) => volumeEncryption(volume, snapshots));
  const locks = new Map(
    each.flatMap(({ state, key, associatedKeys = [] }) =>
      state === 'kms' && key !== null
        ? [[[key, ...associatedKeys].join(), { key, associatedKeys }] as const]
        : [],
    ),
  );
  const [first, ...furtherKeys] = locks.values();
  // Of a bundle in S3, and of an image of which AWS tells no snapshot, nothing is known.
  const isKnown =
    rootDeviceType === 'ebs' && each.length > 0 && each.every(({ state }) => state !== 'unknown');
  if (!isKnown) return { state: 'unknown', key: first?.key ?? null };
  if (first === undefined) return { state: 'none', key: null };
  return { state: 'kms', ...first, ...(furtherKeys.length > 0 && { furtherKeys }) };
}

function volumeEncryption(
  { snapshotId, encrypted }: ImageVolume,
  snapshots: ReadonlyMap<string, EbsSnapshot>,
): ResourceEncryption {
  const snapshot = snapshots.get(snapshotId ?? '');
  if (snapshot !== undefined) return snapshotEncryption(snapshot);
  return { state: encrypted === false ? 'none' : 'unknown', key: null };
}
