import { ListRegionsCommand } from '@aws-sdk/client-account';
import { DescribeRegionsCommand } from '@aws-sdk/client-ec2';
import { ListKeysCommand } from '@aws-sdk/client-kms';
import { ListAccountsCommand } from '@aws-sdk/client-organizations';
import { GetBucketEncryptionCommand, ListBucketsCommand } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addAccount, newOrganization } from '../../../lab/aws/build.ts';
import { baseCredentials, type Credentials } from '../../../lab/aws/credentials.ts';
import { addBucket } from '../../../lab/aws/organizations/buckets.ts';
import { type Simulator, startSimulator } from '../../../lab/aws/server.ts';
import { assume, clients } from './clients.ts';
import { signedFetch } from './signed-fetch.ts';

const accountId = '222222222222';
let simulator: Simulator;
let clock = 0;

beforeEach(async () => {
  clock = 0;
  const organization = newOrganization();
  const account = addAccount(organization, { id: accountId });
  addBucket(account, { name: 'lake', region: 'us-east-1' });
  simulator = await startSimulator(organization, {
    verifySignatures: true,
    now: () => Date.now() + clock,
  });
});
afterEach(() => simulator.close());

const everyService = (who?: string | Credentials) => {
  const all = clients(simulator, who);
  return {
    kms: () => all.kms.send(new ListKeysCommand({})),
    sts: () => all.sts.send(new GetCallerIdentityCommand({})),
    account: () => all.account.send(new ListRegionsCommand({})),
    ec2: () => all.ec2.send(new DescribeRegionsCommand({})),
    s3: () => all.s3.send(new ListBucketsCommand({ Prefix: 'a b/ü*', MaxBuckets: 7 })),
  };
};

test("AWS's own clients sign rightly, for every protocol", async () => {
  for (const ask of Object.values(everyService())) await ask();
  await clients(simulator).organizations.send(new ListAccountsCommand({}));
  const lake = clients(simulator, accountId).s3;
  await lake.send(new GetBucketEncryptionCommand({ Bucket: 'lake' }));
  const block = '/v20180820/configuration/publicAccessBlock';
  const answer = await signedFetch(simulator, accountId, block, { 'x-amz-account-id': accountId });
  expect(answer.status).toBe(404);
});

test('a path is encoded twice by every service but S3', async () => {
  const { ec2 } = clients(simulator);
  ec2.middlewareStack.add(
    (next) => (args) => {
      (args.request as { path: string }).path = '/a%20b';
      return next(args);
    },
    { step: 'build', priority: 'low' },
  );
  expect((await ec2.send(new DescribeRegionsCommand({}))).Regions).toHaveLength(2);
});

test('so do those of a role session', async () => {
  const session = await assume(simulator, accountId);
  for (const ask of Object.values(everyService(session))) await ask();
});

test.each([
  ['kms', 'InvalidSignatureException', 400],
  ['sts', 'SignatureDoesNotMatch', 403],
  ['account', 'InvalidSignatureException', 403],
  ['ec2', 'AuthFailure', 401],
  ['s3', 'SignatureDoesNotMatch', 403],
] as const)('a wrong secret is refused by %s', async (service, name, status) => {
  const wrong = { ...baseCredentials(accountId), secretAccessKey: 'wrong' };
  await expect(everyService(wrong)[service]()).rejects.toMatchObject({
    name,
    $metadata: { httpStatusCode: status },
  });
});

describe('what was changed after signing is refused', () => {
  interface Signed {
    headers: Record<string, string>;
    body: string;
    query: Record<string, string>;
  }
  const tampered = (change: (request: Signed) => void) => {
    const { kms } = clients(simulator, accountId);
    kms.middlewareStack.add(
      (next) => (args) => {
        change(args.request as Signed);
        return next(args);
      },
      { step: 'finalizeRequest', priority: 'low' },
    );
    return kms.send(new ListKeysCommand({ Limit: 10 }));
  };

  test('nothing: the way of changing is sound', async () => {
    await tampered(() => {});
  });

  test.each<[string, (request: Signed) => void]>([
    [
      'the body',
      (request) => {
        request.body = '{"Limit":99}';
      },
    ],
    [
      'the operation',
      (request) => {
        request.headers['x-amz-target'] = 'TrentService.ListAliases';
      },
    ],
    [
      'the date',
      (request) => {
        request.headers['x-amz-date'] = '20990101T000000Z';
      },
    ],
    [
      'the query',
      (request) => {
        request.query = { a: 'b' };
      },
    ],
    [
      'an unsigned header of Amazon',
      (request) => {
        request.headers['x-amz-new'] = 'x';
      },
    ],
  ])('%s', async (_what, change) => {
    await expect(tampered(change)).rejects.toMatchObject({ name: 'InvalidSignatureException' });
  });
});

test('an old signature is refused: after five minutes, by S3 after fifteen', async () => {
  clock = 4 * 60_000;
  await everyService().kms();
  clock = 6 * 60_000;
  await expect(everyService().kms()).rejects.toMatchObject({
    name: 'InvalidSignatureException',
    message: expect.stringContaining('Signature expired'),
  });
  await everyService().s3();
  clock = 16 * 60_000;
  await expect(everyService().s3()).rejects.toMatchObject({ name: 'RequestTimeTooSkewed' });
});

test('an unsigned request has no caller', async () => {
  const target = { 'X-Amz-Target': 'TrentService.ListKeys' };
  const answer = await fetch(simulator.url, { method: 'POST', headers: target, body: '{}' });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
});
