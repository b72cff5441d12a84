import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { allOf, byNobody, byService, oneOf } from '../../posture/resource/rules.ts';
import type { SortRules } from '../sort-rules.ts';
import { ecrGrammar } from './grammar.ts';

/**
 * Repositories. ECR uses the key by grants to itself, made when the repository was created: who pulls from another
 * account needs no key, and `aws/ecr` locks nobody out (ECR user guide, "Encryption at rest", read 2026-11-24).
 */
export const ecrRules = {
  service: 'ecr',
  title: 'Repositories of Amazon ECR',
  resourceTypes: { repository: null },
  calls: { 'ecr:DescribeRepositories': null, 'ecr:GetRepositoryPolicy': null },
  sharedBy: 'policy',
  coveredByRcps: true,
  whenKeyIsLost: 'not_known',
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
      ...byNobody,
    },
  ],
  encryptionContext: (arn) => ({ 'aws:ecr:arn': arn }),
} as const satisfies SortRules;

interface RepositoryKey {
  /** `AES256`, `KMS`, `KMS_DSSE`; null when not answered. */
  readonly encryptionType: string | null;
  readonly kmsKey: string | null;
}

/** KMS without a key means `aws/ecr`; AES256 is S3's encryption, by a key that AWS owns. */
export function repositoryEncryption({ encryptionType, kmsKey }: RepositoryKey): ResourceEncryption {
  if (encryptionType === 'AES256') return { state: 'aws_owned', key: null };
  const isKms = encryptionType === 'KMS' || encryptionType === 'KMS_DSSE';
  return { state: isKms ? 'kms' : 'unknown', key: kmsKey };
}
