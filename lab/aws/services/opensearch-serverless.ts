import { jsonWire } from '../protocol/json.ts';
import type { Output } from '../protocol/wire.ts';
import { ResourceKind } from '../resource-kind.ts';
import type { Call, Service } from '../service.ts';

/** `kmsKeyArn` is `auto` for a key that AWS owns. */
export const collections = new ResourceKind<{ id: string; kmsKeyArn: string }>({
  arn: 'aoss:collection/*',
  namedBy: ['id'],
  complete: (given) => ({ kmsKeyArn: 'auto', ...given }),
  missing: () => [400, 'ResourceNotFoundException', 'The specified Collection is not found.'],
});

/** Amazon OpenSearch Serverless: what is known of collections. */
export const openSearchServerless: Service = {
  name: 'aoss',
  wire: jsonWire({ target: 'OpenSearchServerless', version: '1.0' }),
  operations: {
    ListCollections: collections.list({
      entries: 'collectionSummaries',
      paging: { size: 'maxResults', answers: 100, default: 20, token: 'nextToken' },
      entry: ({ id, arn }) => ({ id, name: id, arn, status: 'ACTIVE' }),
    }),
    BatchGetCollection: { run: batchGetCollection },
  },
};

function batchGetCollection(call: Call): Output {
  const held = collections.in(call.account, call.region);
  const ids = (call.input.ids ?? []) as readonly string[];
  return {
    collectionDetails: ids
      .filter((id) => held.has(id))
      .map((id) => {
        const { arn, kmsKeyArn } = collections.named(call, id);
        return { id, name: id, arn, kmsKeyArn, status: 'ACTIVE', type: 'SEARCH' };
      }),
    collectionErrorDetails: ids
      .filter((id) => !held.has(id))
      .map((id) => ({
        id,
        errorCode: 'NOT_FOUND',
        errorMessage: 'The specified Collection is not found.',
      })),
  };
}
