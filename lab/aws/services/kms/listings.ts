import { regionOf } from '../../build.ts';
import { sharedMarker } from '../../markers.ts';
import { pageOf, pageOfArray } from '../../paging.ts';
import { pageSize, text } from '../../protocol/input.ts';
import { InvalidInput, type Output } from '../../protocol/wire.ts';
import { isSharedWith } from '../../ram-shares.ts';
import type { Call } from '../../service.ts';
import { invalidMarker } from './errors.ts';
import { findKey } from './find-key.ts';
import { kmsPage, pageOutput, pageRequest } from './page.ts';

/** Own keys, or with ResourceOwners those that other accounts share: a marker of one listing is none of the other. */
export function listKeys(call: Call): Output {
  const limit = pageSize(call.input, 'Limit', { max: 1000, default: 100 });
  const marker = text(call.input, 'Marker');
  const isShared = isOfOthers(call.input.ResourceOwners);
  if (marker !== undefined && marker.startsWith(sharedMarker) !== isShared) throw invalidMarker();
  if (isShared) return listSharedKeys(call, marker?.slice(sharedMarker.length), limit);
  const { keys } = regionOf(call.account, call.region);
  const page = pageOf(keys, (key) => key.metadata.KeyId, pageRequest(call, limit));
  const items = page.items.map(({ metadata }) => ({ KeyId: metadata.KeyId, KeyArn: metadata.Arn }));
  return pageOutput('Keys', { items, next: page.next });
}

function isOfOthers(owners: unknown): boolean {
  if (owners === undefined) return false;
  if (Array.isArray(owners) && owners.length === 1) {
    if (owners[0] === 'SELF') return false;
    if (owners[0] === 'OTHER_ACCOUNTS_VIA_RAM') return true;
  }
  throw new InvalidInput('The value of ResourceOwners is not valid');
}

/** A page is cut from all that is shared in the region, whoever it is for, so that it may be empty and not the last. */
function listSharedKeys(call: Call, marker: string | undefined, limit: number): Output {
  const { organization } = call.world;
  const shared = [...organization.sharers]
    .filter((owner) => owner !== call.account.id)
    .flatMap((owner) => organization.accounts.get(owner)?.regions.get(call.region)?.resourceShares ?? [])
    .flatMap((share) => share.resources.map((resource) => ({ share, arn: resource.arn })))
    .filter(({ arn }) => arn.split(':')[2] === 'kms');
  const page = pageOfArray(shared, { marker, limit, invalid: invalidMarker });
  const own = page.items.filter(({ share }) => isSharedWith(organization, share, call.account));
  const arns = new Set(own.map(({ arn }) => arn));
  const items = [...arns].map((KeyArn) => ({ KeyId: KeyArn.slice(KeyArn.indexOf('key/') + 4), KeyArn }));
  return pageOutput('Keys', { items, next: page.next && `${sharedMarker}${page.next}` });
}

/** Every alias of the region, predefined ones without a key included; with KeyId, that key's. */
export function listAliases(call: Call): Output {
  const limit = pageSize(call.input, 'Limit', { max: 100, default: 50 });
  const { aliases } = regionOf(call.account, call.region);
  if (text(call.input, 'KeyId') === undefined) {
    return pageOutput(
      'Aliases',
      pageOf(aliases, (alias) => alias.AliasName, pageRequest(call, limit)),
    );
  }
  const id = findKey(call).metadata.KeyId;
  const ofKey = [...aliases].filter((alias) => alias.TargetKeyId === id);
  return kmsPage('Aliases', ofKey, call, limit);
}
