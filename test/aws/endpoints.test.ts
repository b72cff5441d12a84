import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newOrganization } from '../../lab/aws/build.ts';
import { createDispatcher } from '../../src/aws/dispatcher.ts';
import { collect } from '../../src/aws/paging.ts';
import { partitionOfRegion } from '../../src/aws/partitions.ts';
import type { ScopeAccess } from '../../src/aws/scope-access.ts';
import { stsCalls } from '../../src/aws/sts.ts';
import { listRegions } from '../../src/services/account/calls.ts';
import { agents, guardrails } from '../../src/services/bedrock/resources.ts';
import { describeRegions } from '../../src/services/ec2/describe-regions.ts';
import { kmsReads } from '../../src/services/kms/calls.ts';
import { organizationsCalls } from '../../src/services/organizations/calls.ts';
import { accountPublicAccessBlock } from '../../src/services/s3/account-block.ts';
import { bucketReads } from '../../src/services/s3/calls.ts';
import { listBuckets } from '../../src/services/s3/list-buckets.ts';
import { snsReads } from '../../src/services/sns/calls.ts';
import { sqsReads } from '../../src/services/sqs/calls.ts';
import { simulate } from './simulated.ts';

/** A proxy that lets nobody through, and remembers where they wanted to go: the hosts of the real AWS. */
const asked: string[] = [];
const proxy = createServer().on('connect', ({ url }, socket) => {
  asked.push(String(url));
  socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
});
beforeAll(() => new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve)));
beforeEach(() => void asked.splice(0));
afterAll(() => proxy.close());

const accountId = '111111111111';

/** What each service is asked for: in a region, or at the home of what has none. */
const inRegion: readonly ((access: ScopeAccess) => Promise<unknown>)[] = [
  (access) => collect(kmsReads(access).listKeys()),
  (access) => collect(sqsReads(access).listQueues()),
  (access) => collect(snsReads(access).listTopics()),
  (access) => bucketReads(access, 'lake').policy(),
  (access) => stsCalls(access).callerIdentity(),
];
const atHome: readonly ((access: ScopeAccess) => Promise<unknown>)[] = [
  (access) => organizationsCalls(access).listAccounts(),
  (access) => listRegions(access),
  (access) => describeRegions(access, 'enabled'),
  (access) => collect(listBuckets(access)),
  (access) => accountPublicAccessBlock(access, accountId),
];

test.each<[region: string, hosts: readonly string[]]>([
  [
    'eu-central-1',
    [
      'kms.eu-central-1.amazonaws.com',
      'sqs.eu-central-1.amazonaws.com',
      'sns.eu-central-1.amazonaws.com',
      'lake.s3.eu-central-1.amazonaws.com',
      'sts.eu-central-1.amazonaws.com',
      'organizations.us-east-1.amazonaws.com',
      'account.us-east-1.amazonaws.com',
      'ec2.us-east-1.amazonaws.com',
      's3.us-east-1.amazonaws.com',
      `${accountId}.s3-control.us-east-1.amazonaws.com`,
    ],
  ],
  [
    'cn-north-1',
    [
      'kms.cn-north-1.amazonaws.com.cn',
      'sqs.cn-north-1.amazonaws.com.cn',
      'sns.cn-north-1.amazonaws.com.cn',
      'lake.s3.cn-north-1.amazonaws.com.cn',
      'sts.cn-north-1.amazonaws.com.cn',
      'organizations.cn-northwest-1.amazonaws.com.cn',
      'account.cn-northwest-1.amazonaws.com.cn',
      'ec2.cn-northwest-1.amazonaws.com.cn',
      's3.cn-northwest-1.amazonaws.com.cn',
      `${accountId}.s3-control.cn-northwest-1.amazonaws.com.cn`,
    ],
  ],
  [
    'us-gov-east-1',
    [
      'kms.us-gov-east-1.amazonaws.com',
      'sqs.us-gov-east-1.amazonaws.com',
      'sns.us-gov-east-1.amazonaws.com',
      'lake.s3.us-gov-east-1.amazonaws.com',
      'sts.us-gov-east-1.amazonaws.com',
      'organizations.us-gov-west-1.amazonaws.com',
      'account.us-gov-west-1.amazonaws.com',
      'ec2.us-gov-west-1.amazonaws.com',
      's3.us-gov-west-1.amazonaws.com',
      `${accountId}.s3-control.us-gov-west-1.amazonaws.com`,
    ],
  ],
])('%s: each service is asked at its own address', async (region, hosts) => {
  const { port } = proxy.address() as AddressInfo;
  const dispatcher = createDispatcher({ HTTPS_PROXY: `http://127.0.0.1:${port}` });
  const settings = { customEndpoint: null, maxRetries: 0 };
  await using simulated = await simulate(newOrganization(), {}, settings, { dispatcher });
  const session = await simulated.aws.session(simulated.as(accountId));
  const open = (place: string) => simulated.aws.open(session, accountId, place);
  const home = partitionOfRegion(region).homeRegion;
  for (const [place, calls] of [
    [region, inRegion],
    [home, atHome],
  ] as const) {
    for (const call of calls) await expect(call(open(place))).rejects.toMatchObject({ reason: 'connection' });
  }
  expect(asked).toEqual(hosts.map((host) => `${host}:443`));
  await dispatcher.close();
});

test('services that sign with one name are asked at the address of each', async () => {
  const { port } = proxy.address() as AddressInfo;
  const dispatcher = createDispatcher({ HTTPS_PROXY: `http://127.0.0.1:${port}` });
  const settings = { customEndpoint: null, maxRetries: 0 };
  await using simulated = await simulate(newOrganization(), {}, settings, { dispatcher });
  const scope = { accountId, accountName: null, region: 'us-west-2', partition: 'aws' };
  const session = await simulated.aws.session(simulated.as(accountId));
  const access = await simulated.aws.open(session, accountId, scope.region);
  for (const service of [guardrails, agents])
    await expect(collect(service.list(access, scope, 'all'))).rejects.toMatchObject({ reason: 'connection' });
  expect(asked).toEqual(['bedrock.us-west-2.amazonaws.com:443', 'bedrock-agent.us-west-2.amazonaws.com:443']);
  await dispatcher.close();
});
