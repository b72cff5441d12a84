import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { noPolicyGrammar } from '../no-policy-grammar.ts';
import type { SortRules } from '../sort-rules.ts';
import type { ArtifactStore } from './calls.ts';

/**
 * Pipelines with the buckets through which their stages hand on what they made. Nothing shares a pipeline; a bucket's
 * policy shares its artifacts. Each store may name a key, by which the pipeline and its actions write and read; "if
 * this is undefined, the default key for Amazon S3 is used" (API reference, "ArtifactStore", read 2026-11-29). Without
 * its key no stage hands anything on.
 */
export const codePipelineRules = {
  service: 'codepipeline',
  byDefault: false,
  title: 'AWS CodePipeline pipelines',
  resourceTypes: {
    pipeline: 'under the key of its artifact store',
    artifact_store: 'of a pipeline, for its actions in another region, by an ARN of its own',
  },
  calls: { 'codepipeline:ListPipelines': null, 'codepipeline:GetPipeline': null },
  sharedBy: 'nothing',
  coveredByRcps: true,
  whenKeyIsLost: 'at_once',
  viaService: 's3',
  defaultAlias: 'alias/aws/s3',
  checkedAgainst: 'service',
  grammar: noPolicyGrammar('codepipeline'),
  operations: [],
  // No caller's permission is checked, so that no policy can ask for it.
  encryptionContext: () => ({}),
} as const satisfies SortRules;

/** Where a store is: what names its key without a region is of that one. */
interface Place {
  readonly partition: string;
  readonly accountId: string;
  readonly region: string;
}

/** @param elsewhere where it is, for a store of another region than its pipeline's */
export function storeEncryption({ key }: ArtifactStore, elsewhere: Place | null = null): ResourceEncryption {
  if (key !== null && key.type !== 'KMS') return { state: 'unknown', key: key.id };
  const written = key?.id ?? null;
  if (elsewhere === null) return { state: 'kms', key: written };
  const name = written ?? codePipelineRules.defaultAlias;
  if (name.startsWith('arn:')) return { state: 'kms', key: name };
  const { partition, accountId, region } = elsewhere;
  const resource = name.startsWith('alias/') ? name : `key/${name}`;
  return { state: 'kms', key: `arn:${partition}:kms:${region}:${accountId}:${resource}` };
}
