import { restJsonWire } from '../protocol/rest-json.ts';
import { ResourceKind } from '../resource-kind.ts';
import type { Service } from '../service.ts';

/** Environments; without a key, under one that AWS owns. */
export const airflowEnvironments = new ResourceKind<{ name: string; key?: string }>({
  arn: 'airflow:environment/*',
  namedBy: ['Name'],
  complete: (given) => given,
  missing: (name) => [404, 'ResourceNotFoundException', `Environment ${name} not found.`],
});

/** Amazon MWAA: its environments, without what runs in them. */
export const airflow: Service = {
  name: 'airflow',
  wire: restJsonWire({ ListEnvironments: 'GET /environments', GetEnvironment: 'GET /environments/{Name}' }),
  operations: {
    ListEnvironments: airflowEnvironments.list({
      entries: 'Environments',
      paging: { size: 'MaxResults', answers: 25, token: 'NextToken' },
      entry: ({ name }) => name,
    }),
    GetEnvironment: airflowEnvironments.detail(({ name, arn, key }) => ({
      Environment: { Name: name, Arn: arn, Status: 'AVAILABLE', KmsKey: key },
    })),
  },
};
