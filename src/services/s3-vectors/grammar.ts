import {
  across,
  acrossContents,
  acrossEither,
  actionTable,
  noEffect,
  noOwnKeys,
  type ServiceGrammar,
  tlsOnly,
} from '../../posture/policy/grammar.ts';

/**
 * S3 Vectors in policies of vector buckets (Service Authorization Reference, read 2026-11-29). AWS does not say which
 * actions are kept from other accounts: each is judged as one that is honoured.
 */
export const s3VectorsGrammar: ServiceGrammar = {
  service: 's3vectors',
  actions: actionTable(
    [acrossContents('read'), 'GetVectors QueryVectors'],
    [acrossContents('write'), 'DeleteIndex DeleteVectors PutVectors'],
    [acrossContents('list'), 'ListVectors'],
    [across('list'), 'ListIndexes'],
    [acrossContents('read_metadata'), 'GetIndex'],
    [across('read_metadata'), 'GetVectorBucket GetVectorBucketPolicy'],
    [acrossEither('read_metadata'), 'ListTagsForResource'],
    [acrossContents('administer'), 'CreateIndex'],
    [across('administer'), 'DeleteVectorBucket DeleteVectorBucketPolicy PutVectorBucketPolicy'],
    [acrossEither('administer'), 'TagResource UntagResource'],
    // Of the account.
    [noEffect, 'CreateVectorBucket ListVectorBuckets'],
  ),
  ...noOwnKeys,
  requestKeys: tlsOnly,
  anonymous: false,
};
