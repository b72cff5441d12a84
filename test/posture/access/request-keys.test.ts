import { expect, test } from 'vitest';
import { kms } from '../../../src/posture/access/kms.ts';
import { s3 } from '../../../src/posture/access/s3.ts';

test.each([kms, s3])(
  'request keys of $service name operations that there are, and keys as they are compared',
  ({ actions, requestKeys = {} }) => {
    const known = new Set(Object.keys(actions));
    for (const [key, { carriedBy }] of Object.entries(requestKeys)) {
      expect(key).toMatch(/^[a-z0-9]+:[a-z0-9-]+[:/]?$/);
      expect((carriedBy ?? []).filter((name) => !known.has(name))).toEqual([]);
    }
  },
);
