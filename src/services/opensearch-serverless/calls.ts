import { apiCalls } from '../../aws/api-calls.ts';
import { AwsError } from '../../aws/error.ts';
import { awsJson } from '../../aws/json-protocols.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';

export interface ListedCollection {
  readonly id: string;
  readonly arn: string;
}

/** By id: ARN of the key, or `auto` for one that AWS owns; null when not answered. Those that are gone are not in it. */
export type KeysOfCollections = ReadonlyMap<string, string | null>;

/** OpenSearch Serverless as seen from one scope. Rejects with AwsError only. */
export interface ServerlessReads {
  collections(): AsyncIterable<readonly ListedCollection[]>;
  /** @param ids a hundred at most */
  keys(ids: readonly string[]): Promise<KeysOfCollections>;
}

export const serverlessApi = {
  signingName: 'aoss',
  endpoint: { prefix: 'aoss', serviceId: 'OpenSearchServerless' },
  protocol: awsJson('1.0', 'OpenSearchServerless'),
};

/** Most that AWS gives in one page, and takes in one question (both by botocore 1.44.8, read 2026-11-29). */
const maxResults = 100;

export function serverlessReads(access: ScopeAccess): ServerlessReads {
  const { call, list } = apiCalls(access, serverlessApi);
  return {
    collections: () =>
      list<ListedCollection>(
        'aoss:ListCollections',
        ({ id }) => id,
        (nextToken) => ({ maxResults, nextToken }),
        (answer) => ({
          items: answer.requiredObjects('collectionSummaries').map((collection) => ({
            id: collection.requiredText('id'),
            arn: collection.requiredText('arn'),
          })),
          next: answer.text('nextToken'),
        }),
      ),

    keys: (ids) =>
      call('aoss:BatchGetCollection', { ids }, (answer, site) => {
        const keys = new Map<string, string | null>();
        for (const one of answer.requiredObjects('collectionDetails'))
          keys.set(one.requiredText('id'), one.text('kmsKeyArn') || null);
        const gone = new Set<string>();
        for (const one of answer.objects('collectionErrorDetails') ?? []) {
          const code = one.requiredText('errorCode');
          // The one code that AWS documents.
          if (code !== 'NOT_FOUND') throw new AwsError('service_error', code, site);
          gone.add(one.requiredText('id'));
        }
        const untold = ids.filter((id) => !keys.has(id) && !gone.has(id)).length;
        if (untold > 0)
          throw new AwsError(
            'malformed_answer',
            'incomplete_answer',
            site,
            `the answer leaves out ${untold} of ${ids.length} collections`,
          );
        return keys;
      }),
  };
}
