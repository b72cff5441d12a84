import { askedOnce } from '../../aws/asked-once.ts';
import { type Fact, known, readFact, valueOrNull } from '../../aws/fact.ts';
import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { type EbsReads, type EbsSnapshot, ebsReads } from '../ebs/calls.ts';
import type { ResourceService } from '../service.ts';
import { readSharing } from '../sharing.ts';
import { imageReads, type MachineImage } from './calls.ts';
import { imageEncryption, imageRules } from './rules.ts';

/**
 * More are refused: "The maximum number of filter values specified on a single call is 200" (FilterLimitExceeded, as
 * reports of users have it: aws/aws-sdk-java 320, gjbae1212/gossm 47; read 2026-11-29). It is the one filter of the call.
 */
const askedAtOnce = 200;

export const images: ResourceService = {
  rules: imageRules,

  async *list(access, scope) {
    const reads = imageReads(access);
    const ofEbs = ebsReads(access);
    const prefix = `arn:${scope.partition}:ec2:${scope.region}:${scope.accountId}:image/`;
    // One answer for all of the region: asked for with the first image that says that it is public.
    const publicAccess = askedOnce(() => readFact(reads.imageBlockPublicAccess()));
    for await (const page of reads.images()) {
      const encryptionOf = encryptions(page, ofEbs);
      yield page.map((image) => async () => {
        const sharing = await readSharing(reads.launchPermissions(image.id), (permissions) => ({
          by: 'accounts',
          ...permissions,
        }));
        if (sharing === null) return null;
        const encryption = await encryptionOf(image);
        const found = { scope, resourceType: 'image', arn: prefix + image.id, encryption, sharing };
        const shared = valueOrNull(sharing);
        const isPublic = shared?.by === 'accounts' && shared.everybody;
        return isPublic ? { ...found, publicAccess: await publicAccess() } : found;
      });
    }
  },
};

/** Snapshots of a page of images are asked for together, when the first of the images needs some of them. */
function encryptions(
  page: readonly MachineImage[],
  ofEbs: Pick<EbsReads, 'snapshotsById'>,
): (image: MachineImage) => Promise<Fact<ResourceEncryption>> {
  const ids = [...new Set(page.flatMap(snapshotIds))];
  const reading = new Map<number, Promise<Fact<readonly EbsSnapshot[]>>>();
  const part = (of: number) => {
    const before = reading.get(of);
    if (before !== undefined) return before;
    const asked = readFact(ofEbs.snapshotsById(ids.slice(of * askedAtOnce, (of + 1) * askedAtOnce)));
    reading.set(of, asked);
    return asked;
  };
  const places = new Map(ids.map((id, index) => [id, Math.floor(index / askedAtOnce)]));
  return async (image) => {
    const parts = new Set(snapshotIds(image).map((id) => places.get(id) ?? 0));
    const snapshots = new Map<string, EbsSnapshot>();
    for (const fact of await Promise.all([...parts].map(part))) {
      if (fact.state !== 'known') return fact;
      for (const snapshot of fact.value) snapshots.set(snapshot.id, snapshot);
    }
    return known(imageEncryption(image, snapshots));
  };
}

const snapshotIds = ({ volumes }: MachineImage): readonly string[] =>
  volumes.flatMap(({ snapshotId }) => snapshotId ?? []);
