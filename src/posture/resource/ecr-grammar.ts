import type { ActionRule, ServiceGrammar } from '../policy/grammar.ts';

const on = (access: ActionRule['access']): ActionRule => ({ access, acrossAccounts: true, on: 'resource' });

/** ECR in repository policies, which have no Resource (Service Authorization Reference, read 2026-11-24). */
export const ecrGrammar: ServiceGrammar = {
  service: 'ecr',
  actions: {
    BatchGetImage: on('read'),
    GetDownloadUrlForLayer: on('read'),
    BatchDeleteImage: on('write'),
    CompleteLayerUpload: on('write'),
    InitiateLayerUpload: on('write'),
    PutImage: on('write'),
    UploadLayerPart: on('write'),
    ListImages: on('list'),
    BatchCheckLayerAvailability: on('read_metadata'),
    DescribeImageReplicationStatus: on('read_metadata'),
    DescribeImageScanFindings: on('read_metadata'),
    DescribeImages: on('read_metadata'),
    DescribeRepositories: on('read_metadata'),
    GetLifecyclePolicy: on('read_metadata'),
    GetLifecyclePolicyPreview: on('read_metadata'),
    GetRepositoryPolicy: on('read_metadata'),
    ListTagsForResource: on('read_metadata'),
    DeleteLifecyclePolicy: on('administer'),
    DeleteRepository: on('administer'),
    DeleteRepositoryPolicy: on('administer'),
    PutImageScanningConfiguration: on('administer'),
    PutImageTagMutability: on('administer'),
    PutLifecyclePolicy: on('administer'),
    ReplicateImage: on('administer'),
    SetRepositoryPolicy: on('administer'),
    StartImageScan: on('administer'),
    StartLifecyclePolicyPreview: on('administer'),
    TagResource: on('administer'),
    UntagResource: on('administer'),
  },
  accountKeys: [],
  viaServiceKeys: [],
  delegationKeys: { account: [], arn: [] },
  callerChoice: ['aws:securetransport'],
  anonymous: false,
};
