import { describe, expect, test } from 'vitest';
import { list, type Statement } from '../../../lab/aws/iam/policy.ts';
import { anyControls, anyDeny } from '../../oracle/arbitrary-controls.ts';
import { openBucket } from '../../oracle/arbitrary-open-bucket.ts';
import { anyBucket, type Bucket } from '../../oracle/arbitrary-world.ts';
import { type Controls, targets } from '../../oracle/controls.ts';
import { bucketByProduct } from '../../oracle/product.ts';
import fc from '../../random.ts';

/** Entity → how it fares, reading and writing. */
function usesOf(bucket: Bucket, controls: Controls): ReadonlyMap<string, string> {
  const { read, write } = bucketByProduct(bucket, controls);
  const named = (what: string, { entities }: typeof read) =>
    entities.map(({ kind, id, use }) => [`${what} ${kind} ${id}`, use] as const);
  return new Map([...named('read', read), ...named('write', write)]);
}

/** Locked out, not known, let through. */
const rank = (use: string): number => (use.startsWith('blocked_') ? 0 : use === 'unknown' ? 1 : 2);

function expectNotWider(bucket: Bucket, before: Controls, after: Controls): void {
  const uses = usesOf(bucket, before);
  for (const [name, use] of usesOf(bucket, after)) {
    const was = uses.get(name);
    // Whom a perimeter spares is a party of its own only under it.
    if (was !== undefined) expect(rank(use), `${name}: ${was} became ${use}`).toBeLessThanOrEqual(rank(was));
  }
}

const bucket = fc.oneof(openBucket, anyBucket());

describe('organization policies', () => {
  test('one more that denies never widens', () => {
    fc.assert(
      fc.property(bucket, anyControls, anyDeny, (of, controls, more) => {
        expectNotWider(of, controls, { ...controls, controls: [...controls.controls, more] });
      }),
      { numRuns: 300 },
    );
  });

  test('FullAWSAccess or another policy that allows, detached at any level, never widens', () => {
    const allows = ({ Effect }: Statement): boolean => Effect === 'Allow';
    fc.assert(
      fc.property(bucket, anyControls, fc.constantFrom(...targets), (of, controls, place) => {
        const less = controls.controls.map((one) =>
          one.statements.some(allows)
            ? { ...one, targets: one.targets.filter((target) => target !== place) }
            : one,
        );
        expectNotWider(of, controls, {
          ...controls,
          controls: less,
          withoutFullAccess: [...controls.withoutFullAccess, place],
        });
      }),
      { numRuns: 150 },
    );
  });

  test('neither the order of policies and statements nor how they are split changes anything', () => {
    const split = (statement: Statement): readonly Statement[] =>
      statement.Action === undefined
        ? [statement]
        : list(statement.Action).map((Action) => ({ ...statement, Action }));
    fc.assert(
      fc.property(bucket, anyControls, (of, controls) => {
        const apart = controls.controls
          .flatMap((one) =>
            one.statements
              .flatMap(split)
              .toReversed()
              .map((statement) => ({ ...one, statements: [statement] })),
          )
          .toReversed();
        expect(usesOf(of, { ...controls, controls: apart })).toEqual(usesOf(of, controls));
      }),
      { numRuns: 200 },
    );
  });
});
