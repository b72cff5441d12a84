import { compute, customerKey, decrypt, third } from '../../cross-account/cast.ts';
import { type BucketCase, blocked, readable, reader, readers } from './case.ts';

/** Keys of other accounts. */
export const otherAccountsKeys: readonly BucketCase[] = [
  [
    'a key of a third account that admits the role',
    readers,
    customerKey({ account: third, statements: [decrypt(reader)] }),
    { read: 'possible', ...readable },
  ],
  [
    'a key of a third account that does not',
    readers,
    customerKey({ account: third }),
    { read: 'blocked_by_key_policy', ...blocked },
  ],
  [
    "the reader's own key: its IAM decides",
    readers,
    customerKey({ account: compute }),
    { read: 'possible', ...readable },
  ],
  [
    "the reader's own key, without IAM",
    readers,
    customerKey({ account: compute, text: '{"Version":"2012-10-17","Statement":[]}' }),
    { read: 'blocked_by_key_policy', ...blocked },
  ],
  [
    "the reader's own key, disabled",
    readers,
    customerKey({ account: compute, metadata: { keyState: 'Disabled' } }),
    { read: 'blocked_by_key_state', ...blocked },
  ],
];
