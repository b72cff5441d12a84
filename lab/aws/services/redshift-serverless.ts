import { jsonWire } from '../protocol/json.ts';
import { ResourceKind } from '../resource-kind.ts';
import type { Service } from '../service.ts';

/** Without `kmsKeyId` the key is AWS's own. `id` is a UUID. */
export const namespaces = new ResourceKind<{ id: string; kmsKeyId?: string }>({
  arn: 'redshift-serverless:namespace/*',
  namedBy: ['namespaceName'],
  complete: (given) => given,
  missing: (name) => [400, 'ResourceNotFoundException', `Namespace ${name} not found.`],
});

/** Amazon Redshift Serverless. */
export const redshiftServerless: Service = {
  name: 'redshift-serverless',
  wire: jsonWire({ target: 'RedshiftServerless', version: '1.1' }),
  operations: {
    ListNamespaces: namespaces.list({
      entries: 'namespaces',
      paging: { size: 'maxResults', answers: 100, token: 'nextToken' },
      entry: ({ id, arn, kmsKeyId = 'AWS_OWNED_KMS_KEY' }) => ({
        namespaceArn: arn,
        namespaceId: id,
        namespaceName: `namespace-${id.slice(0, 8)}`,
        kmsKeyId,
      }),
    }),
  },
};
