import {
  allOf,
  byNobody,
  byService,
  doingElse,
  oneOf,
  reading,
  writing,
} from '../../posture/resource/rules.ts';
import { encryptionByType } from '../encryption-by-type.ts';
import type { SortRules } from '../sort-rules.ts';
import { ecrGrammar } from './grammar.ts';
import { ecrRegistryGrammar } from './registry-grammar.ts';

const ecr = {
  service: 'ecr',
  byDefault: true,
  sharedBy: 'policy',
  coveredByRcps: true,
  whenKeyIsLost: 'not_known',
  viaService: 'ecr',
  defaultAlias: 'alias/aws/ecr',
  checkedAgainst: 'service',
} as const;

/** ECR user guide, "IAM permissions for pushing an image", read 2026-11-28. */
const push = allOf(
  'ecr',
  'BatchCheckLayerAvailability InitiateLayerUpload UploadLayerPart CompleteLayerUpload PutImage',
);

/**
 * Repositories. ECR uses the key by grants to itself, made when the repository was created: who pulls from another
 * account needs no key, and `aws/ecr` locks nobody out (ECR user guide, "Encryption at rest", read 2026-11-24).
 */
export const ecrRules = {
  ...ecr,
  title: 'Repositories of Amazon ECR',
  resourceTypes: { repository: null },
  calls: {
    'ecr:DescribeRepositories': null,
    'ecr:GetRepositoryPolicy': null,
    'ecr:GetRegistryPolicy': null,
  },
  grammar: ecrGrammar,
  // ECR user guide, "IAM permissions for pulling", read 2026-11-28.
  operations: [
    reading('pull', allOf('ecr', 'BatchGetImage GetDownloadUrlForLayer'), byService),
    writing('push', push, byService),
    // Other accounts' replication, by the registry's policy ("Granting registry permissions for cross account
    // replication", read 2026-11-29).
    writing('replicate into', oneOf('ecr', 'ReplicateImage'), byService),
    doingElse('read manifests', oneOf('ecr', 'BatchGetImage'), byService),
    doingElse('download layers whose digest is known', oneOf('ecr', 'GetDownloadUrlForLayer'), byService),
    doingElse('import images', oneOf('ecr', 'BatchImportUpstreamImage'), byService),
    doingElse('delete images', oneOf('ecr', 'BatchDeleteImage'), byNobody),
  ],
  encryptionContext: (arn) => ({ 'aws:ecr:arn': arn }),
  // ECR user guide, "Private registry permissions", read 2026-11-29.
  within: 'its registry',
  withinArn: (arn: string) => arn.replace(/:repository\/.*$/, ':registry'),
} as const satisfies SortRules;

/**
 * The private registry of an account in a region, where it has a policy: whom it lets replicate into it, pull, and
 * the like. It keeps nothing but its repositories, which have keys of their own.
 */
export const ecrRegistryRules = {
  ...ecr,
  title: 'Registry policies of Amazon ECR',
  resourceTypes: { registry: 'of ECR, where it has a policy: by an ARN of its own' },
  calls: { 'ecr:GetRegistryPolicy': null },
  grammar: ecrRegistryGrammar,
  operations: [
    writing('replicate into', oneOf('ecr', 'ReplicateImage'), byNobody),
    writing('import images', oneOf('ecr', 'BatchImportUpstreamImage'), byNobody),
    reading('pull', allOf('ecr', 'BatchGetImage GetDownloadUrlForLayer'), byNobody),
    writing('push', push, byNobody),
    doingElse('delete images', oneOf('ecr', 'BatchDeleteImage'), byNobody),
  ],
  encryptionContext: () => ({}),
  caveat: 'its repositories have keys of their own',
} as const satisfies SortRules;

/** KMS without a key means `aws/ecr`; AES256 is S3's encryption, by a key that AWS owns. */
export const repositoryEncryption = encryptionByType({ AES256: 'aws_owned', KMS: 'kms', KMS_DSSE: 'kms' });
