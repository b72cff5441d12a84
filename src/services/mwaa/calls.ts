import { apiCalls } from '../../aws/api-calls.ts';
import { restJson } from '../../aws/json-protocols.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';

/** MWAA as seen from one scope; never a workflow. Rejects with AwsError only. */
export interface AirflowReads {
  /** Names of environments. */
  environments(): AsyncIterable<readonly string[]>;
  /** An id or ARN of an environment's key; null: it names none. */
  keyOf(environment: string): Promise<string | null>;
}

/** Environments are managed at `api.` of the service's own address ("hostPrefix", botocore 1.43.106). */
export const airflowApi = {
  signingName: 'airflow',
  endpoint: { prefix: 'api.airflow', serviceId: 'MWAA' },
  protocol: restJson,
};

/** Most that AWS gives in one page ("MaxResults", botocore 1.43.106, read 2026-11-30). */
const MaxResults = '25';

export function airflowReads(access: ScopeAccess): AirflowReads {
  const { call, list } = apiCalls(access, airflowApi);
  return {
    environments: () =>
      list(
        'airflow:ListEnvironments',
        (name) => name,
        (NextToken) => ({ path: ['environments'], query: { MaxResults, NextToken } }),
        (answer) => ({ items: answer.requiredTexts('Environments'), next: answer.text('NextToken') }),
      ),

    keyOf: (environment) =>
      call('airflow:GetEnvironment', { path: ['environments', environment] }, (answer) => {
        const key = answer.requiredObject('Environment').text('KmsKey');
        // `key/` may stand before an id ("KmsKey", the same model), which no other service writes.
        return key?.replace(/^key\//, '') || null;
      }),
  };
}
