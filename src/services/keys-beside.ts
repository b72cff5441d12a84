import { known } from '../aws/fact.ts';
import type { ResourceFacts } from '../posture/resource/resource-facts.ts';

/** Where a resource is, with what holds for everything in it. */
export type Place = Pick<ResourceFacts, 'scope' | 'arn' | 'sharing'>;

/** Something in a resource; null: it has no key of its own. */
type Named = readonly [resourceType: string, part: string, key: string | null];

/** What has keys of its own in a resource, each by an ARN of ours; no row for what has none. */
export const keysBeside = (place: Place, named: readonly Named[]): readonly ResourceFacts[] =>
  named.flatMap(([resourceType, part, key]) => {
    if (key === null) return [];
    return [
      { ...place, resourceType, arn: `${place.arn}/${part}`, encryption: known({ state: 'kms', key }) },
    ];
  });
