import { afterEach, expect, test } from 'vitest';
import { addKey } from '../../lab/aws/build.ts';
import { readObject } from '../../lab/aws/iam/read-object.ts';
import { readingsOf } from '../../lab/aws/iam/readings.ts';
import { awsMaterialKey } from '../../lab/aws/keys.ts';
import type { SimOrganization } from '../../lab/aws/model.ts';
import { addBucket } from '../../lab/aws/organizations/buckets.ts';
import { type Simulator, startSimulator } from '../../lab/aws/server.ts';
import { syncInProcess } from '../known-faults/sync-in-process.ts';
import fc from '../random.ts';
import { anyControls } from './arbitrary-controls.ts';
import { openBucket } from './arbitrary-open-bucket.ts';
import type { Bucket } from './arbitrary-world.ts';
import { identitiesOf } from './callers.ts';
import type { ControlledBucket } from './compare-pairs.ts';
import { documentsOfControls, organizationOf } from './controls.ts';
import { together, written } from './documents.ts';
import { cousin, keyArn, owner, region, sibling, stranger, vendor } from './world.ts';

/**
 * The product from the wire to the row, held against requests of single principals: the root user, and roles and users that
 * policies name or do not name.
 */
let simulator: Simulator | undefined;
afterEach(() => simulator?.close());

const settings = { publicAccessBlock: null, policyIsPublic: false };

function addLake(organization: SimOrganization, { policy, key, bucketKey }: Bucket): void {
  const account = organization.accounts.get(owner);
  if (account === undefined) throw new Error('the owner has no account');
  if (key !== null) {
    const id = keyArn.slice(keyArn.lastIndexOf('/') + 1);
    const place = { partition: 'aws', accountId: owner, region };
    addKey(account, awsMaterialKey(place, 'lake', { id, policy: JSON.stringify(key.policy) }));
  }
  addBucket(account, {
    name: 'lake',
    region,
    policy: JSON.stringify(policy),
    encryption:
      key === null
        ? { algorithm: 'AES256' }
        : { algorithm: 'aws:kms', kmsMasterKeyId: keyArn, bucketKeyEnabled: bucketKey },
    ...settings,
  });
}

/** Whether one of the account's principals is let through, by each reading of the documentation. */
function answersFor(
  organization: SimOrganization,
  { bucket, controls }: ControlledBucket,
  account: string,
): boolean[] {
  const documents = [
    bucket.policy,
    ...(bucket.key ? [bucket.key.policy] : []),
    ...documentsOfControls(controls),
  ];
  const callers = identitiesOf(account, together([written(documents)]));
  return readingsOf(JSON.stringify([bucket, controls])).map((reading) =>
    callers.some(
      (caller) => readObject(organization, { caller, bucket: 'lake', object: 'x' }, reading).refused === null,
    ),
  );
}

interface Simulated {
  readonly world: ControlledBucket;
  readonly organization: SimOrganization;
  /** The same without policies. */
  readonly without: SimOrganization;
}

function simulated(world: ControlledBucket): Simulated {
  const organization = organizationOf(world.controls);
  const without = organizationOf({ ...world.controls, controls: [], withoutFullAccess: [] });
  for (const each of [organization, without]) addLake(each, world.bucket);
  return { world, organization, without };
}

/** Policies keep out somebody whom bucket and key let in. */
const keepsSomebodyOut = ({ world, organization, without }: Simulated): boolean =>
  [sibling, cousin, stranger, vendor].some(
    (account) =>
      answersFor(without, world, account).every(Boolean) &&
      !answersFor(organization, world, account).some(Boolean),
  );

const drawn = fc
  .sample(
    fc
      .record({ bucket: openBucket, controls: anyControls })
      .filter(({ bucket }) => bucket.key?.manager !== 'AWS'),
    { seed: 20261129, numRuns: 60 },
  )
  .map(simulated);
const worlds = [...drawn.filter(keepsSomebodyOut).slice(0, 7), ...drawn.slice(0, 3)];

const spec = { org: { member_role_name: 'OrganizationAccountAccessRole' }, regions: [region] };
/** How many accounts rows said something surely of: a test that compares nothing proves nothing. */
const said = { readable: 0, blocked: 0, blockedByPolicy: 0 };

test.each(worlds.map((world, index) => [index, world] as const))('world %i', async (_index, drawnWorld) => {
  const { world, organization, without } = drawnWorld;
  simulator = await startSimulator(organization, { enforceKeyPolicies: false });
  const { rows } = await syncInProcess(simulator, world.controls.management, spec, [
    'aws_encryption_s3_buckets',
  ]);
  const row = rows.s3_buckets?.find(({ name }) => name === 'lake');
  expect(row).toBeDefined();
  const ids = (column: string) => (row?.[column] ?? []) as readonly string[];
  for (const account of ids('readable_account_ids')) {
    expect(answersFor(organization, world, account), `${account} is said to read`).toContain(true);
    said.readable += 1;
  }
  for (const account of ids('blocked_account_ids')) {
    expect(answersFor(organization, world, account), `${account} is said to be locked out`).toContain(false);
    said.blocked += 1;
  }
  if (row?.cross_account_read !== 'blocked_by_organization_policy') return;
  for (const account of ids('blocked_account_ids')) {
    expect(answersFor(without, world, account), `${account} without policies`).toContain(true);
    said.blockedByPolicy += 1;
  }
});

test('the worlds are no mere unknowns', () => {
  expect(said.readable).toBeGreaterThan(2);
  expect(said.blockedByPolicy).toBeGreaterThan(2);
});
