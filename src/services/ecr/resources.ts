import { known } from '../../aws/fact.ts';
import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { allOf, oneOf } from '../../posture/resource/rules.ts';
import type { ResourceService } from '../service.ts';
import { byPolicy, readSharing } from '../sharing.ts';
import { ecrReads, type Repository } from './calls.ts';
import { ecrGrammar } from './grammar.ts';

const byService = { checkedAgainst: 'service', keyActions: [] } as const;

/**
 * Repositories. ECR uses the key by grants to itself, made when the repository was created: who pulls from another
 * account needs no key, and `aws/ecr` locks nobody out (ECR user guide, "Encryption at rest", read 2026-11-24).
 */
export const ecr: ResourceService = {
  service: 'ecr',
  calls: ['ecr:DescribeRepositories', 'ecr:GetRepositoryPolicy'],
  viaService: 'ecr',
  defaultAlias: 'alias/aws/ecr',
  checkedAgainst: 'service',
  grammar: ecrGrammar,
  // ECR user guide, "IAM permissions for pulling" and "… for pushing an image", read 2026-11-28.
  operations: [
    {
      name: 'pull',
      access: 'read',
      actions: allOf('ecr', 'BatchGetImage GetDownloadUrlForLayer'),
      ...byService,
    },
    {
      name: 'push',
      access: 'write',
      actions: allOf(
        'ecr',
        'BatchCheckLayerAvailability InitiateLayerUpload UploadLayerPart CompleteLayerUpload PutImage',
      ),
      ...byService,
    },
    { name: 'read manifests', access: 'other', actions: oneOf('ecr', 'BatchGetImage'), ...byService },
    {
      name: 'download layers whose digest is known',
      access: 'other',
      actions: oneOf('ecr', 'GetDownloadUrlForLayer'),
      ...byService,
    },
    {
      name: 'import images',
      access: 'other',
      actions: oneOf('ecr', 'BatchImportUpstreamImage'),
      ...byService,
    },
    {
      name: 'delete images',
      access: 'other',
      actions: oneOf('ecr', 'BatchDeleteImage'),
      checkedAgainst: 'none',
      keyActions: [],
    },
  ],
  encryptionContext: (arn) => ({ 'aws:ecr:arn': arn }),

  async *list(access, scope) {
    const reads = ecrReads(access);
    for await (const repositories of reads.repositories()) {
      yield repositories.map((repository) => async () => {
        const sharing = await readSharing(reads.policy(repository.name), byPolicy);
        const encryption = known(repositoryEncryption(repository));
        return sharing && { scope, resourceType: 'repository', arn: repository.arn, encryption, sharing };
      });
    }
  },
};

/** KMS without a key means `aws/ecr`; AES256 is S3's encryption, by a key that AWS owns. */
export function repositoryEncryption({
  encryptionType,
  kmsKey,
}: Pick<Repository, 'encryptionType' | 'kmsKey'>): ResourceEncryption {
  if (encryptionType === 'AES256') return { state: 'aws_owned', key: null };
  const isKms = encryptionType === 'KMS' || encryptionType === 'KMS_DSSE';
  return { state: isKms ? 'kms' : 'unknown', key: kmsKey };
}
