import { default as dns, type LookupOptions } from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import { afterEach, expect, test, vi } from 'vitest';
import { startSimulator } from '../../lab/aws/server.ts';
import { syncInProcess } from '../known-faults/sync-in-process.ts';
import { type FaultCase, testCases } from './cases.ts';
import { compute, data, management, org, organization } from './organization.ts';

const unsubscribed: FaultCase[] = [
  {
    name: 'an account never signed up for a service: each of its regions says so, and all else is there',
    faults: [{ account: data, operation: 'kinesis:*', effect: { kind: 'not_signed_up' } }],
    rows: [],
    coverage: ['us-east-1', 'eu-west-1'].flatMap((region) => [
      `data ${region} foreign_keys: partial account_inactive, kinesis:ListStreams SubscriptionRequiredException × 1`,
      // Without a policy in the region there is no row beside what failed.
      `data ${region} resource_policies: ${region === 'us-east-1' ? 'partial' : 'failed'} account_inactive, kinesis:ListStreams SubscriptionRequiredException × 1`,
      `data ${region} resources: partial account_inactive, kinesis:ListStreams SubscriptionRequiredException × 1`,
    ]),
  },
];
testCases(unsubscribed);

const { lookup } = dns;
afterEach(() => {
  dns.lookup = lookup;
  syncBuiltinESMExports();
  vi.unstubAllEnvs();
});

/** A resolver that knows no name, and what it is asked. */
function withoutNames(): string[] {
  const asked: string[] = [];
  const answer = (hostname: string, _options: LookupOptions, callback: (error: Error) => void) => {
    asked.push(hostname);
    const error = new Error(`getaddrinfo ENOTFOUND ${hostname}`);
    setImmediate(callback, Object.assign(error, { code: 'ENOTFOUND', hostname }));
  };
  dns.lookup = answer as unknown as typeof dns.lookup;
  syncBuiltinESMExports();
  return asked;
}

test('a service whose host does not exist: one look-up with two repetitions, and every region says so', async () => {
  const aws = await startSimulator(organization());
  vi.stubEnv('AWS_ENDPOINT_URL', aws.url);
  vi.stubEnv('AWS_ENDPOINT_URL_KINESIS', 'http://kinesis.xx-new-1.example');
  vi.stubEnv('AWS_ENDPOINT_URL_SQS', 'http://sqs.xx-new-1.example');
  const asked = withoutNames();
  const spec = {
    org,
    custom_endpoint_url: undefined,
    max_retries: 10,
    max_backoff: 30,
    include_key_last_usage: true,
    include_key_metrics: true,
    include_iam: true,
  };
  const { rows } = await syncInProcess(aws, management, spec);
  await aws.close();

  const names = ['kinesis', 'sqs'].map((service) => `${service}.xx-new-1.example`);
  expect(asked.toSorted()).toEqual(names.flatMap((name) => [name, name, name]));
  const incomplete = (rows.coverage ?? []).filter(({ status }) => status !== 'complete');
  const lines = incomplete.map(
    ({ account_id, region, table_name, status, reason }) =>
      `${account_id} ${region} ${table_name} ${status} ${reason}`,
  );
  const expected = [management, data, compute].flatMap((account) =>
    ['us-east-1', 'eu-west-1'].flatMap((region) => [
      ...['foreign_keys', 'resources'].map(
        (table) => `${account} ${region} aws_encryption_${table} partial connection`,
      ),
      // Only the topic of `data` has a policy.
      `${account} ${region} aws_encryption_resource_policies ${account === data && region === 'us-east-1' ? 'partial' : 'failed'} connection`,
    ]),
  );
  expect(lines.toSorted()).toEqual(expected.toSorted());
  for (const { failed_operations } of incomplete) {
    const failed = { 'kinesis:ListStreams': { ENOTFOUND: 1 }, 'sqs:ListQueues': { ENOTFOUND: 1 } };
    expect(failed_operations).toEqual(failed);
  }
  expect(rows.resources?.map(({ service }) => service)).toContain('sns');
  expect(rows.resources?.map(({ service }) => service)).not.toContain('sqs');
});
