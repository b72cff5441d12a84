import { awsJson } from '../../aws/json-protocols.ts';

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
