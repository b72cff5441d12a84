import { describe, expect, test } from 'vitest';
import { anyDeny } from '../../oracle/arbitrary-organization.ts';
import { anyBucketUnderPolicies, type Bucket } from '../../oracle/arbitrary-world.ts';
import type { Attached, Organization, Tree } from '../../oracle/organization.ts';
import { list, type Statement } from '../../oracle/policy.ts';
import { bucketByProduct } from '../../oracle/product.ts';
import { owner, sibling } from '../../oracle/world.ts';
import fc from '../../random.ts';

/** Entity → how it fares, reading and writing. */
function usesOf(bucket: Bucket): ReadonlyMap<string, string> {
  const { read, write } = bucketByProduct(bucket);
  const named = (what: string, { entities }: typeof read) =>
    entities.map(({ kind, id, use }) => [`${what} ${kind} ${id}`, use] as const);
  return new Map([...named('read', read), ...named('write', write)]);
}

/** Locked out, not known, let through. */
const rank = (use: string): number => (use.startsWith('blocked_') ? 0 : use === 'unknown' ? 1 : 2);

function expectNotWider(bucket: Bucket, organization: Organization): void {
  const before = usesOf(bucket);
  for (const [name, use] of usesOf({ ...bucket, organization })) {
    const was = before.get(name);
    // Whom a perimeter spares is a party of its own only under it.
    if (was !== undefined) expect(rank(use), `${name}: ${was} became ${use}`).toBeLessThanOrEqual(rank(was));
  }
}

type Place = 'root' | string;
const change = (
  tree: Tree,
  place: Place,
  changed: (level: readonly Attached[]) => readonly Attached[],
): Tree =>
  place === 'root'
    ? { ...tree, root: changed(tree.root) }
    : { ...tree, accounts: { ...tree.accounts, [place]: changed(tree.accounts[place] ?? []) } };

const under = (bucket: Bucket): Organization => {
  if (bucket.organization === undefined) throw new Error('no organization');
  return bucket.organization;
};

const places = fc.constantFrom('root', sibling, owner);

describe('organization policies', () => {
  test('one more that denies never widens', () => {
    fc.assert(
      fc.property(anyBucketUnderPolicies(), anyDeny('scp'), places, (bucket, policy, place) => {
        const organization = under(bucket);
        const more = (level: readonly Attached[]) => [...level, { id: 'p-more', policy }];
        const serviceControl = change(organization.serviceControl, place, more);
        expectNotWider(bucket, { ...organization, serviceControl });
      }),
      { numRuns: 150 },
    );
    fc.assert(
      fc.property(anyBucketUnderPolicies(), anyDeny('rcp'), places, (bucket, policy, place) => {
        const organization = under(bucket);
        const more = (level: readonly Attached[]) => [...level, { id: 'p-more', policy }];
        const resourceControl = change(organization.resourceControl, place, more);
        expectNotWider(bucket, { ...organization, resourceControl });
      }),
      { numRuns: 150 },
    );
  });

  test('a policy less that allows, at any level, never widens', () => {
    fc.assert(
      fc.property(anyBucketUnderPolicies(), places, (bucket, place) => {
        const organization = under(bucket);
        const withoutAll = (level: readonly Attached[]) =>
          level.filter(({ policy }) => !policy.Statement.some(({ Effect }) => Effect === 'Allow'));
        const serviceControl = change(organization.serviceControl, place, withoutAll);
        expectNotWider(bucket, { ...organization, serviceControl });
      }),
      { numRuns: 150 },
    );
  });

  test('neither the order of policies and statements nor how they are split changes anything', () => {
    const split = (statement: Statement): readonly Statement[] =>
      statement.Action === undefined
        ? [statement]
        : list(statement.Action).map((Action) => ({ ...statement, Action }));
    const apart = (level: readonly Attached[]): readonly Attached[] =>
      level
        .flatMap(({ id, policy }) =>
          policy.Statement.flatMap(split)
            .toReversed()
            .map((one, i) => ({ id: `${id}-${i}`, policy: { ...policy, Statement: [one] } })),
        )
        .toReversed();
    const all = (tree: Tree): Tree => ({
      root: apart(tree.root),
      accounts: Object.fromEntries(Object.entries(tree.accounts).map(([id, level]) => [id, apart(level)])),
    });
    fc.assert(
      fc.property(anyBucketUnderPolicies(), (bucket) => {
        const { management, serviceControl, resourceControl } = under(bucket);
        const organization = {
          management,
          serviceControl: all(serviceControl),
          resourceControl: all(resourceControl),
        };
        expect(usesOf({ ...bucket, organization })).toEqual(usesOf(bucket));
      }),
      { numRuns: 200 },
    );
  });
});
