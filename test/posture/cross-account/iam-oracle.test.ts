import { expect, test } from 'vitest';
import { bucketPosture } from '../../../src/posture/bucket/posture.ts';
import { bucketVerdict } from '../../../src/posture/bucket/verdict.ts';
import fc from '../../random.ts';
import { bucketFacts } from '../bucket/bucket.ts';
import { iamOf, identity } from '../iam/iam.ts';
import { organizationWith } from '../organization-policies/organization.ts';
import { compute, customerKey, region, role, root, type Statement } from './cast.ts';
import { answerFor, bucketArn, keyArn, type World, type WorldRole } from './iam-oracle.ts';

const conditions: readonly object[] = [
  { StringEquals: { 'aws:PrincipalTag/team': 'a' } },
  { StringNotEquals: { 'aws:PrincipalTag/team': 'a' } },
  { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
];
const ofKey: readonly object[] = [
  { StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` } },
  { StringEquals: { 'kms:ViaService': `sqs.${region}.amazonaws.com` } },
  { StringLike: { 'kms:EncryptionContext:aws:s3:arn': `${bucketArn}/a/*` } },
  { StringLike: { 'kms:EncryptionContext:aws:s3:arn': `${bucketArn}/b/*` } },
];
const onData = [`${bucketArn}/*`, `${bucketArn}/*`, `${bucketArn}/a/*`, `${bucketArn}/b/*`, bucketArn];

interface Pool {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions: readonly object[];
}
const ofData: Pool = { actions: ['s3:GetObject', 's3:*'], resources: [...onData, '*'], conditions };
const ofKeys: Pool = {
  actions: ['kms:Decrypt', 'kms:*'],
  resources: ['*', '*', keyArn, `${keyArn}2`],
  conditions: [...conditions, ...ofKey],
};

const named = fc.constantFrom<unknown>(
  { AWS: root(compute) },
  { AWS: root(compute) },
  { AWS: role(compute, 'r0') },
  { AWS: [role(compute, 'r1'), role(compute, 'gone')] },
);

/** Most allow, without a condition. */
const statement = (pool: Pool, principal: fc.Arbitrary<unknown> | null): fc.Arbitrary<Statement> =>
  fc
    .record({
      isDeny: fc.nat(4).map((n) => n === 0),
      action: fc.constantFrom(...pool.actions),
      resource: fc.constantFrom(...pool.resources),
      condition: fc.option(fc.constantFrom(...pool.conditions), { freq: 1 }),
      principal: principal ?? fc.constant(null),
    })
    .map(({ isDeny, action, resource, condition, principal: who }) => ({
      Effect: isDeny ? 'Deny' : 'Allow',
      ...(who !== null && { Principal: isDeny ? '*' : who }),
      Action: action,
      Resource: resource,
      ...(condition !== null && { Condition: condition }),
    }));

const own = fc
  .tuple(
    fc.array(statement(ofData, null), { minLength: 1, maxLength: 2 }),
    fc.array(statement(ofKeys, null), { minLength: 1, maxLength: 2 }),
  )
  .map((both) => both.flat());

const roles: fc.Arbitrary<readonly WorldRole[]> = fc
  .array(
    fc.record({ team: fc.constantFrom('a', 'b', null), says: own, boundary: fc.option(own, { freq: 1 }) }),
    {
      maxLength: 3,
    },
  )
  .map((list) => list.map((given, i) => ({ name: `r${i}`, ...given })));

const worlds: fc.Arbitrary<World> = fc.record({
  roles,
  bucket: fc.array(statement({ ...ofData, resources: onData }, named), { minLength: 1, maxLength: 3 }),
  key: fc.array(statement({ ...ofKeys, resources: ['*'] }, named), { minLength: 1, maxLength: 3 }),
  scp: fc.array(
    fc
      .oneof(statement(ofData, null), statement(ofKeys, null))
      .map((denied) => ({ ...denied, Effect: 'Deny' })),
    { maxLength: 1 },
  ),
});

/** Null: the account is not let in. */
function judge({ roles: given, bucket, key, scp }: World) {
  const identities = given.map(({ name, team, says, boundary }) =>
    identity(compute, {
      name,
      says,
      ...(team !== null && { tags: { team } }),
      ...(boundary !== null && { boundary }),
    }),
  );
  const known = organizationWith({ scp: { [compute]: scp.length > 0 ? { Guard: scp } : {} } });
  const posture = bucketPosture(bucketFacts({}, bucket), known);
  const verdict = bucketVerdict(posture, customerKey({ statements: key }), (id) =>
    id === compute ? iamOf(compute, ...identities) : null,
  );
  return verdict.entities.find(({ entity }) => entity.kind === 'account' && entity.id === compute) ?? null;
}

test('no verdict is wrong, and few are unknown without need, whatever the policies say', () => {
  const told = { possible: 0, blocked: 0, needless: 0, all: 0, root: 0 };
  fc.assert(
    fc.property(worlds, (world) => {
      const verdict = judge(world);
      const answers = new Map(world.roles.map((one) => [role(compute, one.name), answerFor(world, one)]));
      const values = [...answers.values()];
      if (verdict?.readers == null) {
        expect(values).not.toContain('always');
        return;
      }
      const { use, readers } = verdict;
      told.all += 1;
      for (const arn of readers.arns) expect(answers.get(arn), arn).toBe('always');
      if (use.startsWith('blocked_')) {
        told.blocked += use === 'blocked_by_iam' ? 1 : 0;
        expect(values.filter((answer) => answer !== 'never')).toEqual([]);
      }
      if (use === 'possible') {
        told.possible += 1;
        expect(readers.arns).not.toEqual([]);
      }
      const sure = [...answers].filter(([, answer]) => answer === 'always').map(([arn]) => arn);
      const isDecided = sure.length > 0 || values.every((answer) => answer === 'never');
      if ((use === 'unknown' && isDecided) || sure.some((arn) => !readers.arns.includes(arn)))
        told.needless += 1;
      const ofRoot = answerFor(world, 'root');
      if (readers.root === 'yes') expect(ofRoot).toBe('always');
      if (readers.root === 'no') expect(ofRoot).toBe('never');
      told.root += readers.root === 'yes' ? 1 : 0;
    }),
    { numRuns: 300 },
  );
  // The worlds are such that each of these comes about.
  expect(told.possible).toBeGreaterThan(20);
  expect(told.blocked).toBeGreaterThan(50);
  expect(told.root).toBeGreaterThan(20);
  expect(told.needless / told.all).toBeLessThan(0.03);
});
