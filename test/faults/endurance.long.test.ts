import { setTimeout } from 'node:timers/promises';
import { expect, type TestContext, test } from 'vitest';
import { startSimulator } from '../../lab/aws/server.ts';
import { differenceLines } from './differences.ts';
import { type Harness, startHarness } from './harness.ts';
import { coverageLines } from './lines.ts';
import { compute, data, keyNamed, org, organization } from './organization.ts';
import { brokenPromises } from './promises.ts';
import { leaks } from './secrets.ts';
import { syncUndisturbed, type Undisturbed } from './single-fault.ts';

/* They wait, and wait at the same time: each has a plugin of its own. */

async function started({
  onTestFinished,
}: TestContext): Promise<{ harness: Harness; undisturbed: Undisturbed }> {
  const harness = await startHarness();
  onTestFinished(() => harness.close());
  return { harness, undisturbed: await syncUndisturbed(harness) };
}

const minute = 60_000;
/** The waits of a user's sync in place of the tests' haste. */
const asUsersWait = { org, max_retries: 10, max_backoff: 30 };

test.concurrent('every call throttled for a minute, from the middle of the sync on: nothing is lost', async (context) => {
  const { harness, undisturbed } = await started(context);
  const made = organization();
  const aws = await startSimulator(made);
  // The organization is known and the members' roles are assumed.
  const services = new Set(undisturbed.operations.map((operation) => operation.split(':')[0]));
  const throttled = [...services].filter((service) => service !== 'organizations' && service !== 'sts');
  const faults = throttled.map((service) =>
    aws.faults.add({ operation: `${service}:*`, effect: { kind: 'throttle' } }),
  );
  const lifting = setTimeout(minute).then(() => aws.faults.clear());
  const seen = await harness.sync(aws, asUsersWait);
  await lifting;
  await aws.close();
  expect(faults.filter(({ fired }) => fired > 0).length).toBeGreaterThan(0);
  expect(seen.status).toBe('OK');
  expect(coverageLines(seen, made)).toEqual([]);
  expect(differenceLines(undisturbed.seen, seen, made)).toEqual([]);
  expect(brokenPromises(undisturbed.seen, seen)).toEqual([]);
});

test.concurrent('credentials that live 20 seconds, in a sync that takes longer: they are renewed, and nothing is lost', async (context) => {
  const { harness, undisturbed } = await started(context);
  const made = organization();
  // Two requests at a time, each of a third of a second: an account is at work for longer than its credentials live.
  const aws = await startSimulator(made, {
    sessionSeconds: 20,
    latencyMs: 330,
    keepRequests: true,
    verifySignatures: true,
  });
  const seen = await harness.sync(aws, { ...asUsersWait, concurrency: 2 });
  const roles = (account: string) => aws.requests.count({ operation: 'sts:AssumeRole', account });
  const found = leaks(seen, aws);
  await aws.close();
  expect(coverageLines(seen, made)).toEqual([]);
  expect(differenceLines(undisturbed.seen, seen, made)).toEqual([]);
  expect(roles(data)).toBeGreaterThan(1);
  expect(roles(compute)).toBeGreaterThan(1);
  expect(found).toEqual([]);
});

test.concurrent('an answer that never comes: the call is given up, and the rest of the sync is whole', async (context) => {
  const { harness, undisturbed } = await started(context);
  const made = organization();
  const aws = await startSimulator(made);
  const resource = keyNamed(made, 'orders').metadata.KeyId;
  aws.faults.add({ operation: 'kms:ListResourceTags', resource, effect: { kind: 'time_out' } });
  const seen = await harness.sync(aws, { org, max_retries: 0 });
  await aws.close();
  const failure = 'kms:ListResourceTags UND_ERR_HEADERS_TIMEOUT';
  expect(differenceLines(undisturbed.seen, seen, made)).toEqual([
    `data us-east-1 keys orders: tags=null [${failure}]`,
  ]);
  expect(coverageLines(seen, made)).toEqual(
    ['key_principals', 'keys'].map((table) => `data us-east-1 ${table}: partial timeout, ${failure} × 1`),
  );
  expect(brokenPromises(undisturbed.seen, seen)).toEqual([]);
});
