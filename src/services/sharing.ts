import { type Fact, known, readFact } from '../aws/fact.ts';
import type { ResourceSharing } from '../posture/resource/resource-facts.ts';

/** A volume, a database, …: nothing shares it. */
export const notShareable: Fact<ResourceSharing> = known({ by: 'nothing' });

/** Sharing that is read apart from the listing; null when the resource was deleted meanwhile. */
export async function readSharing<T>(
  reading: Promise<T>,
  sharingOf: (value: T) => ResourceSharing,
): Promise<Fact<ResourceSharing> | null> {
  const fact = await readFact(reading);
  if (fact.state === 'known') return known(sharingOf(fact.value));
  return fact.state === 'unread' && fact.error.reason === 'not_found' ? null : fact;
}

/** @param policy its JSON text; null: the resource has none */
export const byPolicy = (policy: string | null): ResourceSharing => ({ by: 'policy', policy });
