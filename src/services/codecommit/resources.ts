import type { Fields } from '../../aws/answer.ts';
import { awsJson } from '../../aws/json-protocols.ts';
import { listedService } from '../listed-service.ts';
import { codeCommitRules, repositoryEncryption } from './rules.ts';

export const codeCommitEndpoint = { prefix: 'codecommit', serviceId: 'CodeCommit' };

const nameOf = (repository: Fields) => repository.requiredText('repositoryName');

export const codeCommit = listedService({
  rules: codeCommitRules,
  endpoint: codeCommitEndpoint,
  protocol: awsJson('1.1', 'CodeCommit_20150413'),
  resourceType: 'git_repository',
  list: {
    operation: 'codecommit:ListRepositories',
    // A thousand in each page, which nobody can change (API reference, read 2026-11-30).
    input: (nextToken) => ({ nextToken }),
    items: 'repositories',
    next: 'nextToken',
    // The form of its ARNs is in "Resources types" of the Service Authorization Reference, read 2026-11-30.
    arn: (repository, { partition, region, accountId }) =>
      `arn:${partition}:codecommit:${region}:${accountId}:${nameOf(repository)}`,
  },
  // Not BatchGetRepositories: one whose key is disabled has its own error here.
  describe: {
    operation: 'codecommit:GetRepository',
    input: (repository) => ({ repositoryName: nameOf(repository) }),
    item: 'repositoryMetadata',
  },
  encryption: (repository) => repositoryEncryption(repository.text('kmsKeyId') || null),
});
