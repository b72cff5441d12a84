import type { KeyMetadata } from '../../../../src/services/kms/facts.ts';
import { customerKey, decrypt, goneKey } from '../../cross-account/cast.ts';
import { type BucketCase, blocked, readable, reader, readers, unknown } from './case.ts';

/** The state of the key comes before its policy. */
export const keyState: readonly BucketCase[] = [
  [
    'disabled',
    readers,
    customerKey({ metadata: { keyState: 'Disabled' }, statements: [decrypt(reader)] }),
    { read: 'blocked_by_key_state', ...blocked },
  ],
  [
    'pending deletion',
    readers,
    customerKey({ metadata: { keyState: 'PendingDeletion' }, statements: [decrypt(reader)] }),
    { read: 'blocked_by_key_state', ...blocked },
  ],
  [
    'pending import',
    readers,
    customerKey({ metadata: { keyState: 'PendingImport' } }),
    { read: 'blocked_by_key_state', ...blocked },
  ],
  [
    'key store unavailable',
    readers,
    customerKey({ metadata: { keyState: 'Unavailable' } }),
    { read: 'blocked_by_key_state', ...blocked },
  ],
  ['deleted', readers, goneKey, { read: 'blocked_by_key_state', ...blocked }],
  [
    'primary region being moved: still usable',
    readers,
    customerKey({ metadata: { keyState: 'Updating' }, statements: [decrypt(reader)] }),
    { read: 'possible', ...readable },
  ],
  [
    'a state that came later',
    readers,
    customerKey({ metadata: { keyState: 'Frozen' }, statements: [decrypt(reader)] }),
    { read: 'unknown', ...unknown },
  ],
  [
    'state not read, but the policy admits nobody',
    readers,
    customerKey({ metadata: 'unread' }),
    { read: 'blocked_by_key_policy', ...blocked },
  ],
  [
    'state not read',
    readers,
    customerKey({ metadata: 'unread', statements: [decrypt(reader)] }),
    { read: 'unknown', ...unknown },
  ],
  ...[
    ['an RSA key', { keySpec: 'RSA_2048' }],
    ['an RSA key for signatures', { keySpec: 'RSA_4096', keyUsage: 'SIGN_VERIFY' }],
    ['an HMAC key', { keySpec: 'HMAC_256', keyUsage: 'GENERATE_VERIFY_MAC' }],
    ['a key for key agreement', { keySpec: 'ECC_NIST_P256', keyUsage: 'KEY_AGREEMENT' }],
    ['an ML-DSA key', { keySpec: 'ML_DSA_65', keyUsage: 'SIGN_VERIFY' }],
    ['a spec of later, for signatures', { keySpec: 'ML_DSA_99', keyUsage: 'SIGN_VERIFY' }],
  ].map(
    ([what, metadata]): BucketCase => [
      `${what}: S3 uses symmetric encryption keys only`,
      readers,
      customerKey({ metadata: metadata as Partial<KeyMetadata>, statements: [decrypt(reader)] }),
      { read: 'blocked_by_key_state', ...blocked },
    ],
  ),
  ...[
    ['a spec that came later', { keySpec: 'SYMMETRIC_NEXT' }],
    ['a spec that was not answered', { keySpec: null }],
    ['a usage that came later', { keyUsage: 'WRAP_UNWRAP' }],
    ['a usage that was not answered', { keyUsage: null }],
  ].map(
    ([what, metadata]): BucketCase => [
      what as string,
      readers,
      customerKey({ metadata: metadata as Partial<KeyMetadata>, statements: [decrypt(reader)] }),
      { read: 'unknown', ...unknown },
    ],
  ),
  [
    'disabled, of a spec that came later',
    readers,
    customerKey({
      metadata: { keySpec: 'SYMMETRIC_NEXT', keyState: 'Disabled' },
      statements: [decrypt(reader)],
    }),
    { read: 'blocked_by_key_state', ...blocked },
  ],
];
