import type { Fields } from '../../aws/answer.ts';
import { apiCalls } from '../../aws/api-calls.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';
import type { SnapshotPublicAccess } from '../../posture/resource/resource-facts.ts';
import { ec2Api } from './api.ts';

/** A volume that an instance of an image starts with. */
export interface ImageVolume {
  /** Null: it starts empty. */
  readonly snapshotId: string | null;
  /** Null when not answered. */
  readonly encrypted: boolean | null;
}

/** An Amazon machine image, of what matters here. */
export interface MachineImage {
  readonly id: string;
  /** `ebs`, or `instance-store`: a bundle in S3. */
  readonly rootDeviceType: string;
  /** The volume of the root device first. */
  readonly volumes: readonly ImageVolume[];
}

/** Who may launch instances of an image. */
export interface LaunchPermissions {
  readonly accountIds: readonly string[];
  /** ARNs of organizations and of organizational units. */
  readonly organizationArns: readonly string[];
  readonly everybody: boolean;
}

/** Machine images as seen from one scope. Rejects with AwsError only. */
export interface ImageReads {
  /** Images that the account owns, disabled ones included. */
  images(): AsyncIterable<readonly MachineImage[]>;
  launchPermissions(imageId: string): Promise<LaunchPermissions>;
  /** Whether the account lets images of the region become public. */
  imageBlockPublicAccess(): Promise<SnapshotPublicAccess>;
}

/** Most that AWS gives in one page (EC2 API reference, read 2026-11-29); without it AWS does not page at all. */
const MaxResults = 1000;

export function imageReads(access: ScopeAccess): ImageReads {
  const { call, list } = apiCalls(access, ec2Api);
  return {
    images: () =>
      list(
        'ec2:DescribeImages',
        ({ id }) => id,
        // Deprecated ones AWS tells their owner anyway; disabled ones only whoever asks for them.
        (NextToken) => ({ Owner: ['self'], IncludeDisabled: true, MaxResults, NextToken }),
        (answer) => ({
          items: answer.requiredObjects('imagesSet').map(imageIn),
          next: answer.text('nextToken'),
        }),
      ),

    launchPermissions: (ImageId) =>
      call('ec2:DescribeImageAttribute', { ImageId, Attribute: 'launchPermission' }, (answer) => {
        const permissions = answer.requiredObjects('launchPermission');
        const all = (field: string) => permissions.flatMap((one) => one.text(field) || []);
        return {
          accountIds: all('userId'),
          organizationArns: [...all('organizationArn'), ...all('organizationalUnitArn')],
          everybody: all('group').includes('all'),
        };
      }),

    imageBlockPublicAccess: () =>
      call('ec2:GetImageBlockPublicAccessState', {}, (answer) => ({
        state: answer.requiredText('imageBlockPublicAccessState'),
        managedBy: answer.text('managedBy'),
      })),
  };
}

function imageIn(image: Fields): MachineImage {
  const root = image.text('rootDeviceName');
  const isRoot = (device: Fields): boolean => root !== null && device.text('deviceName') === root;
  const devices = image.requiredObjects('blockDeviceMapping');
  const rootFirst = [...devices.filter(isRoot), ...devices.filter((device) => !isRoot(device))];
  return {
    id: image.requiredText('imageId'),
    rootDeviceType: image.requiredText('rootDeviceType'),
    volumes: rootFirst.flatMap((device) => {
      // Anything else is a disk of the host, which starts empty.
      const ebs = device.object('ebs');
      return ebs === null
        ? []
        : [{ snapshotId: ebs.text('snapshotId') || null, encrypted: ebs.boolean('encrypted') }];
    }),
  };
}
