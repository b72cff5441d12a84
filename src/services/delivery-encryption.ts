import type { ResourceEncryption } from '../posture/resource/resource-facts.ts';

/**
 * By what a service encrypts what it puts into a bucket, maybe one of another region or account. A key must be in the
 * bucket's region, so that one that is not named by its ARN is not known.
 */
export const encryptionOfDelivery = (key: string): ResourceEncryption => ({
  state: key.startsWith('arn:') ? 'kms' : 'unknown',
  key,
});
