import type { Key } from '../../lab/aws/iam/key.ts';
import type { Policy } from '../../lab/aws/iam/policy.ts';
import { keyArn, owner } from './world.ts';

/** A symmetric customer managed key that is enabled, with this policy and nobody let in beside it. */
export const usableKey = (policy: Policy): Key => ({
  arn: keyArn,
  owner,
  manager: 'CUSTOMER',
  state: 'Enabled',
  spec: 'SYMMETRIC_DEFAULT',
  usage: 'ENCRYPT_DECRYPT',
  policy,
  ram: null,
  grants: [],
});
