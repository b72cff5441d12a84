import {
  BatchGetProjectsCommand,
  CodeBuildClient,
  GetResourcePolicyCommand,
  paginateListProjects,
} from '@aws-sdk/client-codebuild';
import { CodePipelineClient, GetPipelineCommand, paginateListPipelines } from '@aws-sdk/client-codepipeline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addAccount, newOrganization } from '../../../lab/aws/build.ts';
import { baseCredentials } from '../../../lab/aws/credentials.ts';
import type { SimAccount } from '../../../lab/aws/model.ts';
import { type Simulator, startSimulator } from '../../../lab/aws/server.ts';
import { projects } from '../../../lab/aws/services/codebuild.ts';
import { pipelines } from '../../../lab/aws/services/codepipeline.ts';

const region = 'us-east-1';
let simulator: Simulator;
let account: SimAccount;

beforeEach(async () => {
  const organization = newOrganization();
  account = addAccount(organization, { id: '222222222222' });
  simulator = await startSimulator(organization, { verifySignatures: true });
});
afterEach(() => simulator.close());

const options = () => ({
  endpoint: simulator.url,
  region,
  credentials: baseCredentials(account.id),
  maxAttempts: 1,
});

test("AWS's own client lists projects by the hundred, and reads their keys and policies", async () => {
  const client = new CodeBuildClient(options());
  const policy = '{"Statement":[]}';
  for (let index = 0; index < 101; index++) projects.add(account, region, { name: `p${index}` });
  projects.add(account, region, { name: 'p0', encryptionKey: 'arn:key', policy });
  const sizes: unknown[] = [];
  for await (const page of paginateListProjects({ client }, {})) sizes.push(page.projects?.length);
  expect(sizes).toEqual([100, 1]);
  const batch = await client.send(new BatchGetProjectsCommand({ names: ['p0', 'p1', 'gone'] }));
  expect(batch.projects?.map(({ name, encryptionKey }) => [name, encryptionKey])).toEqual([
    ['p0', 'arn:key'],
    ['p1', undefined],
  ]);
  expect(batch.projectsNotFound).toEqual(['gone']);
  const policyOf = (name: string) =>
    client.send(
      new GetResourcePolicyCommand({
        resourceArn: `arn:aws:codebuild:${region}:${account.id}:project/${name}`,
      }),
    );
  expect((await policyOf('p0')).policy).toBe(policy);
  for (const name of ['p1', 'gone'])
    await expect(policyOf(name)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test("AWS's own client lists pipelines and reads their artifact stores", async () => {
  const client = new CodePipelineClient(options());
  const encryptionKey = { id: 'k', type: 'KMS' };
  pipelines.add(account, region, { name: 'a', store: { encryptionKey } });
  pipelines.add(account, region, { name: 'b', stores: { [region]: {}, 'eu-west-1': { encryptionKey } } });
  pipelines.add(account, region, { name: 'c' });
  const pages: unknown[] = [];
  for await (const page of paginateListPipelines({ client }, { maxResults: 2 }))
    pages.push(page.pipelines?.map(({ name }) => name));
  expect(pages).toEqual([['a', 'b'], ['c']]);
  const read = (name: string) => client.send(new GetPipelineCommand({ name }));
  expect((await read('a')).pipeline?.artifactStore?.encryptionKey).toEqual(encryptionKey);
  expect((await read('b')).pipeline?.artifactStores?.['eu-west-1']?.encryptionKey).toEqual(encryptionKey);
  expect((await read('c')).pipeline?.artifactStore?.encryptionKey).toBeUndefined();
  await expect(read('gone')).rejects.toMatchObject({ name: 'PipelineNotFoundException' });
});
