import { CodeCommitClient, GetRepositoryCommand, paginateListRepositories } from '@aws-sdk/client-codecommit';
import { expect, test } from 'vitest';
import { gitRepositories } from '../../../lab/aws/services/codecommit.ts';
import { oneAccount } from './one-account.ts';

const region = 'eu-west-1';
const account = oneAccount(region, { verifySignatures: true });
const client = () => new CodeCommitClient(account.options);

test('repositories are listed by name, and tell their keys', async () => {
  const kmsKeyId = `arn:aws:kms:${region}:222222222222:key/k`;
  gitRepositories.add(account.data, region, { name: 'own', kmsKeyId });
  gitRepositories.add(account.data, region, { name: 'locked', keyProblem: 'EncryptionKeyDisabledException' });
  const names: unknown[] = [];
  for await (const page of paginateListRepositories({ client: client() }, {}))
    names.push(...(page.repositories ?? []).map(({ repositoryName }) => repositoryName));
  expect(names).toEqual(['own', 'locked']);
  const get = async (repositoryName: string) =>
    (await client().send(new GetRepositoryCommand({ repositoryName }))).repositoryMetadata;
  expect(await get('own')).toMatchObject({ Arn: `arn:aws:codecommit:${region}:222222222222:own`, kmsKeyId });
  await expect(get('locked')).rejects.toMatchObject({ name: 'EncryptionKeyDisabledException' });
  await expect(get('gone')).rejects.toMatchObject({ name: 'RepositoryDoesNotExistException' });
});
