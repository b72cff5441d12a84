import type { Fields } from '../../aws/answer.ts';
import { apiCalls } from '../../aws/api-calls.ts';
import { awsJson } from '../../aws/json-protocols.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';

export interface ArtifactStore {
  /** Null: it names none. */
  readonly key: { readonly id: string; readonly type: string } | null;
}

export interface Pipeline {
  /** By region, where it has one for each. */
  readonly stores: ReadonlyMap<string, ArtifactStore>;
  /** Where it has one alone; null: it has one for each region. */
  readonly store: ArtifactStore | null;
}

/** CodePipeline as seen from one scope; never an execution or what it made. Rejects with AwsError only. */
export interface CodePipelineReads {
  pipelineNames(): AsyncIterable<readonly string[]>;
  pipeline(name: string): Promise<Pipeline>;
}

export const codePipelineApi = {
  signingName: 'codepipeline',
  endpoint: { prefix: 'codepipeline', serviceId: 'CodePipeline' },
  protocol: awsJson('1.1', 'CodePipeline_20150709'),
};

/** Most that AWS gives in one page (API reference, 2026-11-29). */
const maxResults = 1000;

export function codePipelineReads(access: ScopeAccess): CodePipelineReads {
  const { call, list } = apiCalls(access, codePipelineApi);
  return {
    pipelineNames: () =>
      list(
        'codepipeline:ListPipelines',
        (name) => name,
        (nextToken) => ({ maxResults, nextToken }),
        (answer) => ({
          items: answer.requiredObjects('pipelines').map((pipeline) => pipeline.requiredText('name')),
          next: answer.text('nextToken'),
        }),
      ),

    pipeline: (name) =>
      call('codepipeline:GetPipeline', { name }, (answer) => {
        const pipeline = answer.requiredObject('pipeline');
        const store = pipeline.object('artifactStore');
        if (store !== null) return { store: storeIn(store), stores: new Map() };
        const stores = pipeline.requiredObject('artifactStores');
        const regions = Object.keys(pipeline.raw('artifactStores') ?? {});
        return {
          store: null,
          stores: new Map(regions.map((region) => [region, storeIn(stores.requiredObject(region))])),
        };
      }),
  };
}

function storeIn(store: Fields): ArtifactStore {
  const key = store.object('encryptionKey');
  return { key: key && { id: key.requiredText('id'), type: key.requiredText('type') } };
}
