import { known, readFact } from '../../aws/fact.ts';
import type { Scope } from '../../organization/model.ts';
import type { ResourceEncryption, ResourceFacts } from '../../posture/resource/resource-facts.ts';
import type { ResourceService } from '../service.ts';
import { notShareable } from '../sharing.ts';
import { codePipelineReads, type Pipeline } from './calls.ts';
import { codePipelineRules, storeEncryption } from './rules.ts';

export const codePipeline: ResourceService = {
  rules: codePipelineRules,

  async *list(access, scope) {
    const reads = codePipelineReads(access);
    const prefix = `arn:${scope.partition}:codepipeline:${scope.region}:${scope.accountId}:`;
    for await (const names of reads.pipelineNames()) {
      yield names.map((name) => async () => {
        const parts = await readFact(reads.pipeline(name));
        if (parts.state === 'unread' && parts.error.reason === 'not_found') return null;
        const itself = {
          scope,
          resourceType: 'pipeline',
          arn: prefix + name,
          encryption: parts.state === 'known' ? known(ownEncryption(parts.value, scope)) : parts,
          sharing: notShareable,
          parts,
        };
        const stores = parts.state === 'known' ? storesElsewhere(parts.value, itself) : [];
        return [itself, ...stores].map((facts) => ({ rules: codePipelineRules, facts }));
      });
    }
  },
};

/** Each region of its actions has a store, its own included (API reference, "PipelineDeclaration", read 2026-11-29). */
function ownEncryption({ store, stores }: Pipeline, { region }: Scope): ResourceEncryption {
  const own = store ?? stores.get(region);
  return own === undefined ? { state: 'unknown', key: null } : storeEncryption(own);
}

/** They are rows of the pipeline's region. */
function storesElsewhere({ stores }: Pipeline, { scope, arn }: Pick<ResourceFacts, 'scope' | 'arn'>) {
  return [...stores]
    .filter(([region]) => region !== scope.region)
    .map(([region, store]) => ({
      scope,
      resourceType: 'artifact_store',
      arn: `${arn}/artifact-store/${region}`,
      encryption: known(storeEncryption(store, { ...scope, region })),
      sharing: notShareable,
    }));
}
