import type { SimKey, SimRotation } from '../model.ts';
import { at, type WireGrant, type WireKeyMetadata, type WireLastUsage } from '../wire-shapes.ts';
import { algorithmsOf, hasOldSpecName, usualUsage } from './algorithms.ts';
import { grantIdOf, keyArn, keyIdOf, keyMaterialIdOf, type Place } from './material.ts';
import { keyPolicy } from './policies.ts';

/** What every kind of key may be given. Dates are ISO 8601. */
export interface KeyOptions {
  /** Default: made from place and name. */
  readonly id?: string;
  readonly description?: string;
  /** Default 2024-03-01. */
  readonly created?: string;
  /** The key policy document; default: the account's root, `kms:*`. */
  readonly policy?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly grants?: readonly GrantOptions[];
  readonly lastUsage?: WireLastUsage;
}

/** A grant; id, key and dates are filled in. */
type GrantOptions = Partial<WireGrant> & Pick<WireGrant, 'Operations'>;

/** What makes a key the kind that it is. */
export interface KeyKind {
  readonly spec: string;
  readonly usage?: string;
  readonly origin: string;
  readonly manager?: 'AWS' | 'CUSTOMER';
  readonly state?: string;
  /** Whatever else DescribeKey answers for this kind. */
  readonly metadata?: Partial<WireKeyMetadata>;
  readonly rotation?: SimRotation;
}

/** A key of any kind; the builders beside this file name the kinds that exist. */
export function newKey(place: Place, name: string, kind: KeyKind, options: KeyOptions = {}): SimKey {
  const id = options.id ?? keyIdOf(place, name);
  const created = at(options.created ?? '2024-03-01T08:00:00Z');
  const usage = kind.usage ?? usualUsage(kind.spec);
  const state = kind.state ?? 'Enabled';
  const metadata: WireKeyMetadata = {
    AWSAccountId: place.accountId,
    KeyId: id,
    Arn: keyArn(place, id),
    CreationDate: created,
    Enabled: state === 'Enabled',
    Description: options.description ?? name,
    KeyUsage: usage,
    KeyState: state,
    Origin: kind.origin,
    KeyManager: kind.manager ?? 'CUSTOMER',
    ...(hasOldSpecName(kind.spec) ? { CustomerMasterKeySpec: kind.spec } : {}),
    KeySpec: kind.spec,
    ...algorithmsOf(kind.spec, usage),
    MultiRegion: false,
    ...kind.metadata,
  };
  const rotatable =
    kind.spec === 'SYMMETRIC_DEFAULT' && (kind.origin === 'AWS_KMS' || kind.origin === 'EXTERNAL');
  if (rotatable && state !== 'PendingImport') metadata.CurrentKeyMaterialId ??= keyMaterialIdOf(id, 0);
  return {
    metadata,
    policy: options.policy ?? keyPolicy(place),
    grants: (options.grants ?? []).map((grant, index) => newGrant(place, id, index, created, grant)),
    tags: Object.entries(options.tags ?? {}).map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
    rotation: kind.rotation ?? { enabled: false },
    rotations: [],
    lastUsage: options.lastUsage ?? null,
  };
}

function newGrant(
  place: Place,
  keyId: string,
  index: number,
  created: number,
  grant: GrantOptions,
): WireGrant {
  return {
    KeyId: keyArn(place, keyId),
    GrantId: grantIdOf(keyId, String(index)),
    Name: '',
    CreationDate: created + 3600,
    IssuingAccount: `arn:${place.partition}:iam::${place.accountId}:root`,
    ...grant,
  };
}
