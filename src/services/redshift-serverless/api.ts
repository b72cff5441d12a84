import type { Fields } from '../../aws/answer.ts';
import { awsJson } from '../../aws/json-protocols.ts';
import type { WarehouseEncryption } from '../redshift/warehouse-encryption.ts';

export const redshiftServerlessApi = {
  signingName: 'redshift-serverless',
  endpoint: { prefix: 'redshift-serverless', serviceId: 'Redshift Serverless' },
  protocol: awsJson('1.1', 'RedshiftServerless'),
};

/** The page of namespaces at a marker. Most that AWS gives in one is not documented, so none is asked for. */
export const listNamespaces = {
  operation: 'redshift-serverless:ListNamespaces',
  input: (nextToken: string | undefined) => ({ nextToken }),
  items: 'namespaces',
  next: 'nextToken',
} as const;

/** Of a namespace or a snapshot: what is serverless is always encrypted. */
export const namespaceEncryption = (described: Fields): WarehouseEncryption => ({
  encrypted: true,
  byHsm: false,
  kmsKeyId: described.text('kmsKeyId') || null,
});
