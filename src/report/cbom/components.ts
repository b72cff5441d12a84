import { algorithmProperties, type Kind, keyBits } from './algorithm.ts';

/** A key as the views `current_keys` and `quantum_readiness` have it; times are of the form `2026-11-24T11:53:00Z`. */
export interface Key extends Kind {
  readonly account_id: string;
  readonly account_name: string | null;
  readonly region: string;
  readonly key_id: string;
  readonly arn: string | null;
  readonly name: string;
  readonly key_type: string;
  readonly key_state: string | null;
  readonly created: string | null;
  /** When imported material expires, or the key is deleted. */
  readonly expires: string | null;
  readonly rotation_state: string;
  readonly rotation_period_in_days: number | null;
  readonly multi_region: boolean | null;
  readonly custom_key_store_id: string | null;
  readonly organization_unit_names: readonly string[] | null;
  readonly quantum: string;
  readonly is_at_risk_today: boolean | null;
  readonly freshness: string;
  readonly seen_at: string;
}

interface Property {
  readonly name: string;
  readonly value: string;
}

/** A property of ours: CycloneDX asks for a name of its own. */
export const property = (name: string, value: string | number | boolean): Property => ({
  name: `aws-encryption:${name}`,
  value: String(value),
});

const told = (name: string, value: string | number | boolean | null): readonly Property[] =>
  value === null ? [] : [property(name, value)];
/** Of what every key has: null is not read. */
const read = (name: string, value: string | boolean | null): Property => property(name, value ?? 'unknown');

/** The identity of an algorithm in the document. */
const algorithmRef = ({ algorithm, key_spec, key_usage }: Kind): string =>
  `algorithm/${algorithm ?? 'unknown'}/${key_spec ?? 'unknown'}/${key_usage ?? 'unknown'}`;

/** @param quantum `vulnerable`, `resistant` or `unknown` */
export function algorithmComponent(kind: Kind, quantum: string) {
  return {
    type: 'cryptographic-asset',
    'bom-ref': algorithmRef(kind),
    name: kind.algorithm ?? kind.key_spec ?? 'unknown',
    cryptoProperties: { assetType: 'algorithm', algorithmProperties: algorithmProperties(kind) },
    properties: [
      read('key_spec', kind.key_spec),
      read('key_usage', kind.key_usage),
      property('quantum', quantum),
    ],
  };
}

export function keyComponent(key: Key) {
  const state = states[key.key_state ?? ''];
  const size = keyBits(key);
  return {
    type: 'cryptographic-asset',
    'bom-ref': key.arn ?? `key/${key.account_id}/${key.region}/${key.key_id}`,
    name: key.name,
    cryptoProperties: {
      assetType: 'related-crypto-material',
      relatedCryptoMaterialProperties: {
        type: materialOf(key.algorithm),
        id: key.arn ?? key.key_id,
        ...(state !== undefined && { state }),
        algorithmRef: algorithmRef(key),
        ...(key.created !== null && { creationDate: key.created }),
        ...(key.expires !== null && { expirationDate: key.expires }),
        ...(size !== null && { size }),
      },
    },
    properties: [
      property('account_id', key.account_id),
      ...told('account_name', key.account_name),
      ...told('organization_unit_names', key.organization_unit_names?.join(' / ') ?? null),
      property('region', key.region),
      property('key_type', key.key_type),
      read('key_state', key.key_state),
      property('rotation_state', key.rotation_state),
      ...told('rotation_period_in_days', key.rotation_period_in_days),
      read('multi_region', key.multi_region),
      ...told('custom_key_store_id', key.custom_key_store_id),
      property('quantum', key.quantum),
      read('is_at_risk_today', key.is_at_risk_today),
      property('freshness', key.freshness),
      property('seen_at', key.seen_at),
    ],
  };
}

/**
 * KMS's states in those of NIST SP 800-57, which CycloneDX has; one that was not read or is not known is left out. A key
 * that waits for its deletion can be rescued: it is not destroyed.
 */
const states: Readonly<Record<string, string>> = {
  Creating: 'pre-activation',
  PendingImport: 'pre-activation',
  Enabled: 'active',
  Updating: 'active',
  Disabled: 'suspended',
  Unavailable: 'suspended',
  PendingDeletion: 'deactivated',
  PendingReplicaDeletion: 'deactivated',
};

function materialOf(algorithm: string | null): string {
  if (algorithm === null) return 'unknown';
  return ['AES-256', 'SM4', 'HMAC'].includes(algorithm) ? 'secret-key' : 'private-key';
}
