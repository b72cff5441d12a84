import { restJson } from '../../aws/json-protocols.ts';
import { listedService } from '../listed-service.ts';
import { prometheusRules, workspaceEncryption } from './rules.ts';

export const prometheusEndpoint = { prefix: 'aps', serviceId: 'amp' };

export const prometheus = listedService({
  rules: prometheusRules,
  endpoint: prometheusEndpoint,
  protocol: restJson,
  resourceType: 'workspace',
  list: {
    operation: 'aps:ListWorkspaces',
    // Most that AWS gives in one page (API reference, read 2026-11-30).
    input: (nextToken) => ({ path: ['workspaces'], query: { maxResults: '1000', nextToken } }),
    items: 'workspaces',
    next: 'nextToken',
    arn: (workspace) => workspace.requiredText('arn'),
  },
  encryption: (workspace) => workspaceEncryption(workspace.text('kmsKeyArn') || null),
  policy: {
    operation: 'aps:DescribeResourcePolicy',
    input: (workspace) => ({ path: ['workspaces', workspace.requiredText('workspaceId'), 'policy'] }),
    text: 'policyDocument',
    none: 'ResourceNotFoundException',
  },
});
