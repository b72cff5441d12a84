import { keyNotKnown } from '../../../../src/posture/resource-key.ts';
import { customerKey, grantTo, unreachableKey } from '../../cross-account/cast.ts';
import { type BucketCase, reader, readers, unknown } from './case.ts';

/** What is not known of the key. */
export const notKnown: readonly BucketCase[] = [
  ['key out of reach', readers, unreachableKey, { read: 'unknown', ...unknown }],
  ['key policy denied', readers, customerKey({ policy: 'unread' }), { read: 'unknown', ...unknown }],
  [
    'key policy denied, a grant admits: a Deny may beat it',
    readers,
    customerKey({ policy: 'unread', grants: [grantTo(reader)] }),
    { read: 'unknown', ...unknown },
  ],
  [
    'key policy not understood',
    readers,
    customerKey({ text: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow"}]}' }),
    { read: 'unknown', ...unknown },
  ],
  [
    'encryption denied',
    readers,
    keyNotKnown('the default encryption could not be read'),
    { read: 'unknown', ...unknown },
  ],
];
