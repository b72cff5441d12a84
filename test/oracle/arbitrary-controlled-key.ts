import type { Key } from '../../lab/aws/iam/key.ts';
import fc from '../random.ts';
import { anyControls } from './arbitrary-controls.ts';
import { openBucket } from './arbitrary-open-bucket.ts';
import { anyKey } from './arbitrary-world.ts';
import type { ControlledKey } from './compare-controlled-key.ts';

const openKey: fc.Arbitrary<Key> = openBucket.map(({ key }) => key).filter((key) => key !== null);

/** Mostly keys that let others in plainly: what policies take away is then what decides. */
export const controlledKey: fc.Arbitrary<ControlledKey> = fc.record({
  key: fc.oneof({ weight: 3, arbitrary: openKey }, { weight: 1, arbitrary: anyKey('key') }),
  controls: anyControls,
});
