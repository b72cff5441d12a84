import { regionOf } from '../build.ts';
import type { SimKey, SimOrganization } from '../model.ts';

/**
 * The key that an id, an ARN or an alias names, a bare one in the account given; undefined: there is none.
 */
export function keyNamed(
  { accounts }: SimOrganization,
  accountId: string,
  region: string,
  reference: string,
): SimKey | undefined {
  const [, , , , ownerId = accountId, ...rest] = reference.startsWith('arn:') ? reference.split(':') : [];
  const owner = accounts.get(ownerId);
  if (owner === undefined) return undefined;
  const name = rest.length === 0 ? reference : rest.join(':');
  const { keys, aliases } = regionOf(owner, region);
  const id = name.startsWith('alias/') ? aliases.get(name)?.TargetKeyId : name.replace(/^key\//, '');
  return id === undefined ? undefined : keys.get(id);
}
