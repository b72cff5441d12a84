import {
  across,
  actionTable,
  noEffect,
  noOwnKeys,
  type ServiceGrammar,
  tlsOnly,
} from '../../posture/policy/grammar.ts';

/**
 * ECR in repository policies, which have no Resource (Service Authorization Reference as of 2026-09-26, read
 * 2026-11-28). What is about the registry, the registry's policy allows.
 */
export const ecrGrammar: ServiceGrammar = {
  service: 'ecr',
  actions: actionTable(
    [across('read'), 'BatchGetImage GetDownloadUrlForLayer'],
    [
      across('write'),
      `BatchDeleteImage BatchImportUpstreamImage CompleteLayerUpload InitiateLayerUpload PutImage ReplicateImage
       UploadLayerPart`,
    ],
    [across('list'), 'ListImages'],
    [
      across('read_metadata'),
      `BatchCheckLayerAvailability BatchGetRepositoryScanningConfiguration DescribeImageReplicationStatus
       DescribeImages DescribeImageScanFindings DescribeImageSigningStatus DescribeRepositories
       GetImageCopyStatus GetLifecyclePolicy GetLifecyclePolicyPreview GetRepositoryPolicy ListTagsForResource`,
    ],
    [
      across('administer'),
      `DeleteLifecyclePolicy DeleteRepository DeleteRepositoryPolicy PutImageScanningConfiguration
       PutImageTagMutability PutLifecyclePolicy SetRepositoryPolicy StartImageScan
       StartLifecyclePolicyPreview TagResource UntagResource UpdateImageStorageClass`,
    ],
    [
      noEffect,
      `CreatePullThroughCacheRule CreateRepository CreateRepositoryCreationTemplate DeletePullThroughCacheRule
       DeleteRegistryPolicy DeleteRepositoryCreationTemplate DeleteSigningConfiguration
       DeregisterPullTimeUpdateExclusion DescribePullThroughCacheRules DescribeRegistry
       DescribeReplicationBackfillResults DescribeRepositoryCreationTemplates GetAccountSetting
       GetAuthorizationToken GetRegistryPolicy GetRegistryScanningConfiguration GetSigningConfiguration
       ListPullTimeUpdateExclusions ListReplicationBackfills PutAccountSetting PutRegistryPolicy
       PutRegistryScanningConfiguration PutReplicationConfiguration PutSigningConfiguration
       RegisterPullTimeUpdateExclusion StartReplicationBackfill StopReplicationBackfill
       UpdatePullThroughCacheRule UpdateRepositoryCreationTemplate ValidatePullThroughCacheRule`,
    ],
  ),
  ...noOwnKeys,
  requestKeys: tlsOnly,
  anonymous: false,
};
