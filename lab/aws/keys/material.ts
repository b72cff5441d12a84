import { hash } from 'node:crypto';

/** Where a key lives. */
export interface Place {
  readonly partition: string;
  readonly accountId: string;
  readonly region: string;
}

/** A key id in AWS's form, the same for the same name and place. */
export function keyIdOf(place: Place, name: string): string {
  return uuid(digest(`key ${place.accountId} ${place.region} ${name}`));
}

/** A multi-Region key id: the same in every region. */
export function multiRegionKeyIdOf(accountId: string, name: string): string {
  return `mrk-${digest(`multi-Region key ${accountId} ${name}`).slice(0, 32)}`;
}

/** 64 hex digits, as AWS names key material. */
export function keyMaterialIdOf(keyId: string, generation: number): string {
  return digest(`material ${keyId} ${generation}`);
}

export function grantIdOf(keyId: string, name: string): string {
  return digest(`grant ${keyId} ${name}`);
}

export function keyArn(place: Place, keyId: string): string {
  return `arn:${place.partition}:kms:${place.region}:${place.accountId}:key/${keyId}`;
}

function uuid(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function digest(seed: string): string {
  return hash('sha256', seed);
}
