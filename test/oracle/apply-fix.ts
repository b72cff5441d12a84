import type { Grant } from '../../lab/aws/iam/grant.ts';
import type { Key } from '../../lab/aws/iam/key.ts';
import type { Policy, Statement } from '../../lab/aws/iam/policy.ts';
import type { Fix, FixStep } from '../../src/posture/fix/fix.ts';
import type { Documents } from './fix-sorts.ts';

/** What a person does who follows the steps, on the documents of a random world. */
export function applied<T extends Documents>(world: T, { steps }: Fix): T {
  // From the last statement on: the places of those before stay.
  const removals = steps.filter(({ kind }) => /^remove_(statement|principals)$/.test(kind)).sort(byPlace);
  const others = steps.filter(({ kind }) => !kind.startsWith('remove_'));
  const { policy, key } = removals.reduce(removed, others.reduce<Documents>(changed, world));
  const unlisted = steps.flatMap(({ kind, statement }) =>
    kind === 'remove_from_list' && statement !== null ? (statement as { accounts: string[] }).accounts : [],
  );
  const accounts = world.accounts?.filter((id) => !unlisted.includes(id));
  return { ...world, policy, key, ...(accounts && { accounts }) };
}

const placeOf = ({ statement }: FixStep): number => (statement as { index: number }).index;
const byPlace = (a: FixStep, b: FixStep): number => placeOf(b) - placeOf(a);

/** Whether all that it takes is proposed: grants where a statement has no room. */
export const isProposed = ({ steps }: Fix): boolean => {
  const grants = steps.filter(({ kind }) => kind === 'grant');
  const needed = grants.length > 0 ? grants : steps;
  return needed.every(
    ({ kind, statement, command }) => (isWritten.test(kind) ? statement : command) !== null,
  );
};
const isWritten = /_statement$|^remove_/;

function changed(bucket: Documents, { kind, statement }: FixStep): Documents {
  if (kind === 'replace_key' && statement !== null)
    return {
      ...bucket,
      key: {
        ...fresh,
        arn: bucket.key?.arn ?? '',
        owner: bucket.key?.owner ?? '',
        policy: statement as Policy,
      },
    };
  if (bucket.key === null) return bucket;
  return { ...bucket, key: changedKey(bucket.key, kind, statement) };
}

const fresh = {
  manager: 'CUSTOMER',
  state: 'Enabled',
  spec: 'SYMMETRIC_DEFAULT',
  usage: 'ENCRYPT_DECRYPT',
  ram: null,
  grants: [],
} as const;

function changedKey(key: Key, kind: FixStep['kind'], statement: unknown): Key {
  if (kind === 'enable_key') return { ...key, state: 'Enabled' };
  if (statement === null) return key;
  if (kind === 'grant') return { ...key, grants: [...key.grants, statement as Grant] };
  if (kind !== 'key_policy_statement') return key;
  return { ...key, policy: { ...key.policy, Statement: [...key.policy.Statement, statement as Statement] } };
}

const removed = (bucket: Documents, step: FixStep): Documents => ({
  ...bucket,
  policy: narrowed(bucket.policy, step),
});

function narrowed(policy: Policy, { kind, statement }: FixStep): Policy {
  if (statement === null) return policy;
  const { index, principals = [] } = statement as { index: number; principals?: readonly string[] };
  const left = policy.Statement.flatMap((one, i) => {
    if (i !== index) return [one];
    return kind === 'remove_statement' ? [] : [without(one, principals)];
  });
  return { ...policy, Statement: left };
}

/** A key without what several fixes take away of it. */
export function takenAway(key: Key, fixes: readonly Fix[]): Key {
  const steps = fixes.flatMap((fix) => fix.steps);
  const revoked = new Set(
    steps.flatMap(({ kind, command }) => (kind === 'revoke_grant' ? [command ?? ''] : [])),
  );
  const isRevoked = (index: number): boolean =>
    [...revoked].some((command) => command.endsWith(`--grant-id g${index}`));
  return {
    ...key,
    policy: steps
      .filter(({ kind }) => kind.startsWith('remove_'))
      .sort(byPlace)
      .reduce(narrowed, key.policy),
    grants: key.grants.filter((_, index) => !isRevoked(index)),
  };
}

function without(statement: Statement, principals: readonly string[]): Statement {
  const { Principal } = statement;
  if (typeof Principal !== 'object') throw new Error('a principal goes that stands in no list');
  const left = Object.entries(Principal).map(
    ([kind, raw]) => [kind, [raw].flat().filter((text) => !principals.includes(text))] as const,
  );
  return { ...statement, Principal: Object.fromEntries(left.filter(([, list]) => list.length > 0)) };
}
