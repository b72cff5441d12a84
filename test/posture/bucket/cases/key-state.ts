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
];
