import {
  DescribeKeyCommand,
  GetKeyRotationStatusCommand,
  paginateListAliases,
  paginateListKeys,
} from '@aws-sdk/client-kms';
import { paginateListAccounts } from '@aws-sdk/client-organizations';
import { afterEach, expect, test } from 'vitest';
import { generate } from '../../../lab/aws/organizations/generate.ts';
import { type Simulator, startSimulator } from '../../../lab/aws/server.ts';
import { clients } from './clients.ts';

let simulator: Simulator;
afterEach(() => simulator.close());

test('25 accounts come in two pages of at most 20', async () => {
  simulator = await startSimulator(generate({ accounts: 25, regions: 1, keysPerRegion: 0 }));
  const sizes: number[] = [];
  const { organizations } = clients(simulator);
  for await (const page of paginateListAccounts({ client: organizations }, {})) {
    sizes.push(page.Accounts?.length ?? 0);
  }
  expect(sizes).toEqual([20, 5]);
});

test('3,000 keys come in pages of 100, or of 1,000 when asked for', async () => {
  simulator = await startSimulator(generate({ accounts: 1, regions: 1, keysPerRegion: 3000 }));
  const { kms } = clients(simulator);
  const ids = new Set<string>();
  for await (const page of paginateListKeys({ client: kms }, {})) {
    expect(page.Keys).toHaveLength(100);
    for (const key of page.Keys ?? []) ids.add(key.KeyId ?? '');
  }
  expect(ids.size).toBe(3000);
  let pages = 0;
  for await (const page of paginateListKeys({ client: kms }, { Limit: 1000 })) pages += page.Keys ? 1 : 0;
  expect(pages).toBe(3);
});

test('a generated key is the same thing at every call and to every listing', async () => {
  const build = () => generate({ accounts: 1, regions: 1, keysPerRegion: 120 });
  simulator = await startSimulator(build());
  const { kms } = clients(simulator);
  const aliases = [];
  for await (const page of paginateListAliases({ client: kms }, {})) aliases.push(...(page.Aliases ?? []));
  expect(aliases).toHaveLength(120);
  const KeyId = aliases[117]?.TargetKeyId ?? '';
  const described = await kms.send(new DescribeKeyCommand({ KeyId }));
  expect(described.KeyMetadata?.Description).toBe('key 117');
  expect((await kms.send(new GetKeyRotationStatusCommand({ KeyId }))).KeyRotationEnabled).toBe(true);
  expect([...build().accounts.values()][0]?.regions.get('us-east-1')?.keys.get(KeyId)).toEqual(
    [...simulator.organization.accounts.values()][0]?.regions.get('us-east-1')?.keys.get(KeyId),
  );
});
