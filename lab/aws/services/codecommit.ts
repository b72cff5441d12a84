import { jsonWire } from '../protocol/json.ts';
import { refuse } from '../protocol/wire.ts';
import { ResourceKind } from '../resource-kind.ts';
import type { Service } from '../service.ts';

interface GitRepository {
  name: string;
  /** Without one it is under the key that AWS manages for CodeCommit, and says so or not. */
  kmsKeyId?: string;
  /** What is wrong with its key, as AWS's code: `EncryptionKeyDisabledException`. */
  keyProblem?: string;
}

export const gitRepositories = new ResourceKind<GitRepository>({
  arn: 'codecommit:*',
  namedBy: ['repositoryName'],
  complete: (given) => given,
  missing: (name) => [400, 'RepositoryDoesNotExistException', `${name} does not exist`],
});

/** AWS CodeCommit: its repositories, without what is in them. */
export const codeCommit: Service = {
  name: 'codecommit',
  wire: jsonWire({ target: 'CodeCommit_20150413', version: '1.1' }),
  failures: { invalid_input: [400, 'InvalidContinuationTokenException', 'The token is not valid.'] },
  operations: {
    ListRepositories: gitRepositories.list({
      entries: 'repositories',
      paging: { answers: 1000, token: 'nextToken' },
      entry: ({ name }) => ({ repositoryName: name, repositoryId: `id-of-${name}` }),
    }),
    GetRepository: gitRepositories.detail(({ name, arn, kmsKeyId, keyProblem }, { account }) => ({
      repositoryMetadata: keyProblem
        ? refuse(400, keyProblem, 'The encryption key is not usable.')
        : {
            accountId: account.id,
            repositoryId: `id-of-${name}`,
            repositoryName: name,
            Arn: arn,
            kmsKeyId,
          },
    })),
  },
};
