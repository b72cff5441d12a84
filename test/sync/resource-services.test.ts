import { expect, onTestFinished, test } from 'vitest';
import { addAccount, addKey, newOrganization } from '../../lab/aws/build.ts';
import { awsMaterialKey } from '../../lab/aws/keys.ts';
import { addQueue, addTopic } from '../../lab/aws/organizations/messaging.ts';
import { resourcesIn } from '../../lab/aws/organizations/resources.ts';
import { startSimulator } from '../../lab/aws/server.ts';
import { services } from '../../src/services/catalogue.ts';
import { syncInProcess } from '../known-faults/sync-in-process.ts';
import { stateInMemory } from './state-in-memory.ts';

/* Services that the spec does not choose: nothing of them is asked, and what was read of them before is not gone. */

const management = '111111111111';
const [owner, user] = ['100000000001', '100000000002'];
const region = 'eu-west-1';

/** A queue and a topic under the key of another account, with a state between syncs. */
async function world() {
  const made = newOrganization({
    managementAccountId: management,
    regions: [{ name: region, optIn: false }],
  });
  const place = { partition: 'aws', accountId: owner, region };
  const key = addKey(addAccount(made, { id: owner }), awsMaterialKey(place, 'shared'));
  const account = addAccount(made, { id: user });
  addQueue(account, region, { name: 'jobs', kmsMasterKeyId: key.metadata.Arn, policy: '{}' });
  addTopic(account, region, { name: 'news', kmsMasterKeyId: key.metadata.Arn });
  const aws = await startSimulator(made);
  onTestFinished(() => aws.close());
  const state = await stateInMemory();
  const sync = (chosen: readonly string[], tables = ['aws_encryption_*']) =>
    syncInProcess(
      aws,
      management,
      { org: { member_role_name: 'OrganizationAccountAccessRole' }, resource_services: chosen },
      tables,
      state.options,
    );
  return { aws, account, keyArn: key.metadata.Arn, sync };
}

type Said = Awaited<ReturnType<Awaited<ReturnType<typeof world>>['sync']>>;

/** `<table> <status> <reason> <message> <services left out>` of the user's region. */
const coverage = ({ rows }: Said, ...tables: readonly string[]) =>
  (rows.coverage ?? [])
    .filter((line) => line.account_id === user && line.region === region)
    .filter(({ table_name }) => tables.includes(String(table_name).replace('aws_encryption_', '')));

const leftOut = services.filter((name) => name !== 'sqs').sort();

test('of a service that is not chosen nothing is asked', async () => {
  const { aws, sync } = await world();
  const { rows } = await sync(['sqs']);
  const asked = new Set(Object.keys(aws.requests.byOperation()).map((name) => name.split(':')[0]));
  expect(services.filter((name) => asked.has(name))).toEqual(['sqs']);
  expect(rows.resources?.map(({ service }) => service)).toEqual(['sqs']);
});

test('coverage says what was left out, and that it is less than what is read by default', async () => {
  const { sync } = await world();
  const lines = coverage(await sync(['sqs']), 'resources', 'foreign_keys', 'resource_policies', 'keys');
  expect(lines).toHaveLength(4);
  for (const line of lines) {
    const ofPolicies = line.table_name === 'aws_encryption_resource_policies';
    const isOfKeys = line.table_name === 'aws_encryption_keys';
    expect(line).toMatchObject(
      isOfKeys
        ? { status: 'complete', services_left_out: null }
        : {
            status: 'partial',
            reason: 'not_selected',
            message: expect.stringMatching(/^Left out by `resource_services`: .*kinesis/),
            services_left_out: ofPolicies ? expect.arrayContaining(['kinesis']) : leftOut,
            last_complete_at: null,
          },
    );
    if (ofPolicies) expect(line.services_left_out).not.toContain('ebs');
  }
});

test('all services are complete, and nothing is left out', async () => {
  const { sync } = await world();
  const lines = coverage(await sync(['*']), 'resources', 'foreign_keys', 'resource_policies');
  expect(lines.map(({ status, services_left_out }) => [status, services_left_out])).toEqual([
    ['complete', null],
    ['complete', null],
    ['complete', null],
  ]);
});

test('how many resources name a key of another account is not known where some are not read', async () => {
  const { sync } = await world();
  const counts = ({ rows }: Said) => rows.foreign_keys?.map(({ resources_count }) => resources_count);
  expect(counts(await sync(['*']))).toEqual([2]);
  expect(counts(await sync(['sqs']))).toEqual([null]);
});

test('rows of a service that is not chosen any more stay, those of the chosen go as ever', async () => {
  const { account, sync } = await world();
  await sync(['*']);
  account.regions.get(region)?.resources.clear();
  const narrowed = await sync(['sqs']);
  const services = ({ deletions }: Said) =>
    deletions.filter(({ table }) => table === 'resources').map(({ service }) => service);
  expect(services(narrowed)).toContain('sqs');
  expect(services(narrowed)).not.toContain('sns');
  // Nor is the key, which the topic might still name.
  expect(narrowed.deletions.filter(({ table }) => table === 'foreign_keys')).toEqual([]);
  const again = await sync(['*']);
  expect(services(again)).toContain('sns');
  expect(again.deletions.some(({ table }) => table === 'foreign_keys')).toBe(true);
});

test('a key that only a service beyond the default names is not gone where the default is read again', async () => {
  const { account, keyArn, sync } = await world();
  account.regions.get(region)?.resources.clear();
  resourcesIn(account, region).collection({ id: 'logs', kmsKeyArn: keyArn });
  const all = await sync(['*']);
  expect(all.rows.foreign_keys).toHaveLength(1);
  const byDefault = await sync([]);
  const gone = byDefault.deletions.filter(({ table }) => table === 'foreign_keys');
  // Others never had rows of services beyond the default.
  expect(gone.map(({ account_id }) => account_id)).not.toContain(user);
  const [line] = coverage(byDefault, 'foreign_keys');
  expect(line?.services_left_out).toContain('aoss');
  expect(line?.last_complete_at).toEqual(coverage(all, 'foreign_keys')[0]?.last_complete_at);
});

test('a table of which nothing is chosen says so where its account is told of', async () => {
  const { sync } = await world();
  const { rows } = await sync(['ebs'], ['aws_encryption_resource_policies', 'aws_encryption_coverage']);
  const lines = (rows.coverage ?? []).filter(({ account_id }) => account_id === user);
  expect(lines).toMatchObject([
    { region: 'global', status: 'partial', reason: 'not_selected', services_left_out: expect.any(Array) },
  ]);
});
