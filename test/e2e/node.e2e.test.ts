import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { credentialsEnvironment } from '../../lab/aws/credentials.ts';
import { demo } from '../../lab/aws/organizations/demo.ts';
import { type Simulator, startSimulator } from '../../lab/aws/server.ts';
import { nodeOfChoice } from '../../lab/node.ts';
import { pluginPath } from '../../lab/organization-sync.ts';
import { initialise, pluginClient, startSyncCall } from './plugin-client.ts';
import { servePlugin } from './served-plugin.ts';

let aws: Simulator;
beforeAll(async () => {
  aws = await startSimulator(demo());
});
afterAll(() => aws.close());

/** PATH by which the plugin's first line finds this Node. */
const withNode = (node: string) => ({ PATH: `${dirname(node)}:${process.env.PATH}` });

test.each([
  ['the Node that the image has', nodeOfChoice],
  ['the Node that runs the tests', async () => process.execPath],
])('on %s a whole sync warns of nothing on stderr', async (_, nodeOf) => {
  const env = withNode(await nodeOf());
  const credentials = credentialsEnvironment(aws.organization.managementAccountId);
  const plugin = await servePlugin({ ...credentials, ...env });
  const client = pluginClient(plugin.address);
  await initialise(client, {
    org: { member_role_name: 'OrganizationAccountAccessRole' },
    custom_endpoint_url: aws.url,
  });
  const sync = startSyncCall(client, ['*']);
  expect(await sync.ended).toMatchObject({ status: 'OK' });
  expect(sync.messages).toBeGreaterThan(20);
  client.close();
  plugin.kill('SIGTERM');
  expect(await plugin.ended(60)).toBe(0);
  expect(plugin.stderr).toBe('');

  const { stdout, stderr } = await promisify(execFile)(pluginPath, ['permissions'], { env });
  expect(JSON.parse(stdout)).toHaveProperty('Statement');
  expect(stderr).toBe('');
});

test('the Node of the image is 24', async () => {
  const { stdout } = await promisify(execFile)(await nodeOfChoice(), ['--version']);
  expect(stdout).toMatch(/^v24\./);
});
