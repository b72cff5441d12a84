import type { SimKey } from '../model.ts';
import { type KeyOptions, newKey } from './key.ts';
import { keyArn, multiRegionKeyIdOf, type Place } from './material.ts';
import { applyRotations, type RotationOptions } from './symmetric.ts';

/**
 * A multi-Region key: the primary in the first region and a replica in each other one, in that order. Material,
 * spec and rotation are shared; policy, tags, grants and aliases are each one's own.
 */
export function multiRegionFamily(
  place: Omit<Place, 'region'>,
  name: string,
  regions: readonly [string, ...string[]],
  options: KeyOptions &
    RotationOptions & { readonly spec?: string; readonly origin?: 'AWS_KMS' | 'EXTERNAL' } = {},
): SimKey[] {
  const id = options.id ?? multiRegionKeyIdOf(place.accountId, name);
  const member = (region: string) => ({ Arn: keyArn({ ...place, region }, id), Region: region });
  const [primary, ...replicas] = regions;
  return regions.map((region) => {
    const key = newKey(
      { ...place, region },
      name,
      {
        spec: options.spec ?? 'SYMMETRIC_DEFAULT',
        origin: options.origin ?? 'AWS_KMS',
        metadata: {
          MultiRegion: true,
          MultiRegionConfiguration: {
            MultiRegionKeyType: region === primary ? 'PRIMARY' : 'REPLICA',
            PrimaryKey: member(primary),
            ReplicaKeys: replicas.map(member),
          },
        },
      },
      { ...options, id },
    );
    if (key.metadata.KeySpec === 'SYMMETRIC_DEFAULT' && key.metadata.Origin === 'AWS_KMS') {
      applyRotations(key, options);
    }
    if (key.metadata.Origin === 'EXTERNAL') key.metadata.ExpirationModel = 'KEY_MATERIAL_DOES_NOT_EXPIRE';
    return key;
  });
}
