import { afterAll, beforeAll, expect, test } from 'vitest';
import { baseCredentials } from '../../lab/aws/credentials.ts';
import { startSimulator } from '../../lab/aws/server.ts';
import { type Harness, startHarness } from './harness.ts';
import { externalId, management, org, organization } from './organization.ts';
import { leaks, secretsOf } from './secrets.ts';

/* That no secret is told is asked after every fault, wherever `leaks` is. Here: that the asking proves something. */

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.close());

test('every kind of secret goes to AWS or comes from it in a sync, and none is told, even with aws_debug', async () => {
  const aws = await startSimulator(organization(), { keepRequests: true, verifySignatures: true });
  const seen = await harness.sync(aws, { org, aws_debug: true });
  const kinds = new Set(secretsOf(aws).values());
  const found = leaks(seen, aws);
  await aws.close();
  expect([...kinds].sort()).toEqual([
    'a session access key id',
    'a session secret key',
    'a session token',
    'a signature',
    'an Authorization header',
    'the access key id',
    "the access key id of an external key store's proxy",
    'the external id',
    'the secret access key',
  ]);
  expect(seen.rows.custom_key_stores).toMatchObject([{ name: 'vault', type: 'EXTERNAL_KEY_STORE' }]);
  expect(seen.log.length).toBeGreaterThan(100);
  expect(found).toEqual([]);
});

test('a secret that is told is found', async () => {
  const aws = await startSimulator(organization(), { keepRequests: true });
  const seen = await harness.sync(aws, { org });
  const told = { ...seen, log: [...seen.log, { level: 'debug', message: `assuming with ${externalId}` }] };
  const found = leaks(told, aws);
  await aws.close();
  expect(found).toEqual([`the external id: ${externalId}`]);
});

const { accessKeyId, secretAccessKey } = baseCredentials(management);

test.each([
  ['the external id', 'sts:AssumeRole', `ExternalId ${externalId} is not what the role trusts`],
  [
    'the signed request',
    'kms:GetKeyPolicy',
    `The request signature we calculated does not match the signature you provided.

The Canonical String for this request should have been
'POST
/

x-amz-security-token:FwoGZXIvYXdzEsecretsecretsecretsecretsecretsecretsecretsecretsecret
'
Credential=${accessKeyId}/20260101/us-east-1/kms/aws4_request`,
  ],
  [
    'the access key id',
    's3:ListBuckets',
    `The AWS Access Key Id ${accessKeyId} does not exist in our records.`,
  ],
  ['the secret', 'kms:ListKeys', `secret=${secretAccessKey} was not accepted`],
])('AWS repeats %s in a refusal: the plugin does not', async (_, operation, message) => {
  const aws = await startSimulator(organization(), { keepRequests: true });
  aws.faults.add({ operation, effect: { kind: 'error', status: 403, code: 'AccessDenied', message } });
  const seen = await harness.sync(aws, { org, aws_debug: true });
  const found = leaks(seen, aws);
  await aws.close();
  expect(seen.errors.length).toBeGreaterThan(0);
  expect(JSON.stringify(seen)).not.toContain('secretsecret');
  expect(found).toEqual([]);
});
