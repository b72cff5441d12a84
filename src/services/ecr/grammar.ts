import {
  type ActionRule,
  actionTable,
  noEffect,
  type ServiceGrammar,
  tlsOnly,
} from '../../posture/policy/grammar.ts';

const on = (access: ActionRule['access']): ActionRule => ({ access, acrossAccounts: true, on: 'resource' });

/**
 * ECR in repository policies, which have no Resource (Service Authorization Reference as of 2026-09-26, read
 * 2026-11-28). What is about the registry, the registry's policy allows.
 */
export const ecrGrammar: ServiceGrammar = {
  service: 'ecr',
  actions: actionTable(
    [on('read'), 'BatchGetImage GetDownloadUrlForLayer'],
    [
      on('write'),
      `BatchDeleteImage BatchImportUpstreamImage CompleteLayerUpload InitiateLayerUpload PutImage
       UploadLayerPart`,
    ],
    [on('list'), 'ListImages'],
    [
      on('read_metadata'),
      `BatchCheckLayerAvailability BatchGetRepositoryScanningConfiguration DescribeImageReplicationStatus
       DescribeImages DescribeImageScanFindings DescribeImageSigningStatus DescribeRepositories
       GetImageCopyStatus GetLifecyclePolicy GetLifecyclePolicyPreview GetRepositoryPolicy ListTagsForResource`,
    ],
    [
      on('administer'),
      `DeleteLifecyclePolicy DeleteRepository DeleteRepositoryPolicy PutImageScanningConfiguration
       PutImageTagMutability PutLifecyclePolicy ReplicateImage SetRepositoryPolicy StartImageScan
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
  accountKeys: [],
  viaServiceKeys: [],
  delegationKeys: { account: [], arn: [] },
  callerChoice: [],
  requestKeys: tlsOnly,
  anonymous: false,
};
