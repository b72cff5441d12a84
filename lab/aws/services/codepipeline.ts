import { jsonWire } from '../protocol/json.ts';
import { ResourceKind } from '../resource-kind.ts';
import type { Service } from '../service.ts';

interface Store {
  readonly location?: string;
  readonly encryptionKey?: { readonly id: string; readonly type: string };
}

interface SimPipeline {
  name: string;
  /** Of its own region; absent: `stores` has one for each. */
  store?: Store;
  stores?: Readonly<Record<string, Store>>;
}

/** Pipelines with their artifact stores. */
export const pipelines = new ResourceKind<SimPipeline>({
  arn: 'codepipeline:*',
  namedBy: ['name'],
  complete: (given) => (given.stores === undefined ? { store: {}, ...given } : given),
  missing: (name) => [
    400,
    'PipelineNotFoundException',
    `Account does not have a pipeline with name '${name}'`,
  ],
});

/** AWS CodePipeline: its pipelines, without executions. */
export const codePipeline: Service = {
  name: 'codepipeline',
  wire: jsonWire({ target: 'CodePipeline_20150709', version: '1.1' }),
  failures: { throttled: [400, 'ThrottlingException', 'Rate exceeded'] },
  operations: {
    ListPipelines: pipelines.list({
      entries: 'pipelines',
      paging: { size: 'maxResults', answers: 1000, token: 'nextToken' },
      entry: ({ name }) => ({ name, version: 1 }),
    }),
    GetPipeline: pipelines.detail(({ name, arn, store, stores }) => ({
      pipeline: {
        name,
        roleArn: 'arn:aws:iam::111111111111:role/pipeline',
        stages: [],
        version: 1,
        ...(store && { artifactStore: complete(store) }),
        ...(stores && {
          artifactStores: Object.fromEntries(
            Object.entries(stores).map(([region, each]) => [region, complete(each)]),
          ),
        }),
      },
      metadata: { pipelineArn: arn },
    })),
  },
};

const complete = (store: Store) => ({ type: 'S3', location: 'artifacts', ...store });
