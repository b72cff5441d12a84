import {
  CodeartifactClient,
  GetDomainPermissionsPolicyCommand,
  GetRepositoryPermissionsPolicyCommand,
  paginateListDomains,
  paginateListRepositoriesInDomain,
} from '@aws-sdk/client-codeartifact';
import { expect, test } from 'vitest';
import { addAccount, newOrganization } from '../../../lab/aws/build.ts';
import { baseCredentials } from '../../../lab/aws/credentials.ts';
import { startSimulator } from '../../../lab/aws/server.ts';
import { codeDomains, codeRepositories } from '../../../lab/aws/services/codeartifact.ts';

const region = 'us-east-1';
const accountId = '222222222222';
const arn = (resource: string) => `arn:aws:codeartifact:${region}:${accountId}:${resource}`;

test("AWS's own client lists domains and their repositories page by page, and reads their policies", async () => {
  const organization = newOrganization();
  const account = addAccount(organization, { id: accountId });
  const policy = '{"Version":"2012-10-17","Statement":[]}';
  for (const name of ['a', 'b', 'c'])
    codeDomains.add(account, region, { name, keyArn: `arn:${name}`, policy: name === 'a' ? policy : null });
  for (const id of ['a/npm', 'a/pypi', 'a/maven', 'b/npm'])
    codeRepositories.add(account, region, { id, policy: id === 'a/npm' ? policy : null });
  const simulator = await startSimulator(organization, { verifySignatures: true });
  const client = new CodeartifactClient({
    endpoint: simulator.url,
    region,
    credentials: baseCredentials(accountId),
    maxAttempts: 1,
  });
  const domains: unknown[] = [];
  for await (const page of paginateListDomains({ client }, { maxResults: 2 }))
    domains.push(page.domains?.map(({ arn: of, encryptionKey }) => [of, encryptionKey]));
  expect(domains).toEqual([
    [
      [arn('domain/a'), 'arn:a'],
      [arn('domain/b'), 'arn:b'],
    ],
    [[arn('domain/c'), 'arn:c']],
  ]);
  const repositories: unknown[] = [];
  for await (const page of paginateListRepositoriesInDomain({ client }, { domain: 'a', maxResults: 2 }))
    repositories.push(page.repositories?.map((repository) => repository.arn));
  expect(repositories).toEqual([
    [arn('repository/a/npm'), arn('repository/a/pypi')],
    [arn('repository/a/maven')],
  ]);
  const ofDomain = (domain: string) => client.send(new GetDomainPermissionsPolicyCommand({ domain }));
  const ofRepository = (domain: string, repository: string) =>
    client.send(new GetRepositoryPermissionsPolicyCommand({ domain, repository }));
  const resourceArn = arn('repository/a/npm');
  expect((await ofDomain('a')).policy?.document).toBe(policy);
  expect((await ofRepository('a', 'npm')).policy).toMatchObject({ document: policy, resourceArn });
  const none = { name: 'ResourceNotFoundException' };
  await expect(ofDomain('b')).rejects.toMatchObject(none);
  await expect(ofDomain('gone')).rejects.toMatchObject(none);
  await expect(ofRepository('b', 'npm')).rejects.toMatchObject(none);
  await simulator.close();
});
