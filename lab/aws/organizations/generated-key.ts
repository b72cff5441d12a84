import { asymmetricKey, hmacKey } from '../keys/asymmetric.ts';
import type { KeyOptions } from '../keys/key.ts';
import { keyArn, type Place } from '../keys/material.ts';
import { disabled } from '../keys/states.ts';
import { awsMaterialKey, importedKey } from '../keys/symmetric.ts';
import type { SimKey } from '../model.ts';
import type { WireAlias } from '../wire-shapes.ts';

/** Key number `index` of a place: one in ten each disabled, RSA, HMAC and imported, the rest symmetric. */
export function generatedKey(place: Place, index: number, policy: string): SimKey {
  const name = `key ${index}`;
  const options: KeyOptions = {
    id: keyIdAt(place, index),
    policy,
    tags: { team: `team-${index % 7}`, stage: index % 3 === 0 ? 'production' : 'test' },
    grants: index % 5 === 0 ? [granteeOf(place, index)] : [],
  };
  switch (index % 10) {
    case 1:
      return asymmetricKey(place, name, 'RSA_2048', options);
    case 2:
      return hmacKey(place, name, 256, options);
    case 3:
      return importedKey(place, name, { ...options, material: 'does_not_expire' });
    case 4:
      return disabled(awsMaterialKey(place, name, { ...options, rotation: true }));
    case 5:
      return awsMaterialKey(place, name, { ...options, rotation: false });
    default:
      return awsMaterialKey(place, name, {
        ...options,
        rotation: true,
        automaticRotations: ['2025-03-01T08:00:00Z', '2026-03-01T08:00:00Z'],
      });
  }
}

function granteeOf(place: Place, index: number) {
  return {
    GranteePrincipal: `arn:${place.partition}:iam::${place.accountId}:role/worker-${index % 11}`,
    Operations: ['Decrypt', 'GenerateDataKey'],
  };
}

export function generatedAlias(place: Place, index: number): WireAlias {
  const name = `alias/generated-${String(index).padStart(7, '0')}`;
  return {
    AliasName: name,
    AliasArn: keyArn(place, '').replace('key/', name),
    TargetKeyId: keyIdAt(place, index),
    CreationDate: 1_709_280_000,
    LastUpdatedDate: 1_709_280_000,
  };
}

/** A key id whose first eight digits are the index, so that the listing is in order and an id tells its key. */
function keyIdAt(place: Place, index: number): string {
  const region = [...place.region].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) & 0xffff, 7);
  return `${hex(index, 8)}-${hex(region, 4)}-4000-a000-${place.accountId}`;
}

export function indexInKeyId(id: string): number {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-4000-a000-\d{12}$/.test(id) ? Number.parseInt(id.slice(0, 8), 16) : -1;
}

export function indexInAlias(name: string): number {
  return name.startsWith('alias/generated-') ? Number(name.slice('alias/generated-'.length)) : -1;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
