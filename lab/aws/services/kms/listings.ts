import { regionOf } from '../../build.ts';
import { pageOf } from '../../paging.ts';
import { pageSize, text } from '../../protocol/input.ts';
import type { Output } from '../../protocol/wire.ts';
import type { Call } from '../../service.ts';
import { findKey } from './find-key.ts';
import { kmsPage, pageOutput, pageRequest } from './page.ts';

export function listKeys(call: Call): Output {
  const limit = pageSize(call.input, 'Limit', { max: 1000, default: 100 });
  const { keys } = regionOf(call.account, call.region);
  const page = pageOf(keys, (key) => key.metadata.KeyId, pageRequest(call, limit));
  const items = page.items.map(({ metadata }) => ({ KeyId: metadata.KeyId, KeyArn: metadata.Arn }));
  return pageOutput('Keys', { items, next: page.next });
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
