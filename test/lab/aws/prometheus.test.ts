import { AmpClient, DescribeResourcePolicyCommand, paginateListWorkspaces } from '@aws-sdk/client-amp';
import { expect, test } from 'vitest';
import { workspaces } from '../../../lab/aws/services/prometheus.ts';
import { oneAccount } from './one-account.ts';

const region = 'eu-west-1';
const account = oneAccount(region, { verifySignatures: true });
const client = () => new AmpClient(account.options);

test('workspaces are listed page by page with their keys, and tell their policies or that they have none', async () => {
  const kmsKeyArn = `arn:aws:kms:${region}:222222222222:key/k`;
  const policy = '{"Version":"2012-10-17","Statement":[]}';
  workspaces.add(account.data, region, { id: 'ws-a', kmsKeyArn, policy });
  for (const id of ['ws-b', 'ws-c']) workspaces.add(account.data, region, { id });
  const pages: unknown[] = [];
  for await (const page of paginateListWorkspaces({ client: client() }, { maxResults: 2 }))
    pages.push(page.workspaces?.map((one) => [one.arn, one.kmsKeyArn]));
  const arn = (id: string) => `arn:aws:aps:${region}:222222222222:workspace/${id}`;
  expect(pages).toEqual([
    [
      [arn('ws-a'), kmsKeyArn],
      [arn('ws-b'), undefined],
    ],
    [[arn('ws-c'), undefined]],
  ]);
  const policyOf = async (workspaceId: string) =>
    (await client().send(new DescribeResourcePolicyCommand({ workspaceId }))).policyDocument;
  expect(await policyOf('ws-a')).toBe(policy);
  for (const id of ['ws-b', 'ws-gone'])
    await expect(policyOf(id)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});
