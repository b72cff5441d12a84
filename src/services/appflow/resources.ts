import { restJson } from '../../aws/json-protocols.ts';
import { listedService } from '../listed-service.ts';
import { appFlowRules, flowEncryption } from './rules.ts';

export const appFlowEndpoint = { prefix: 'appflow', serviceId: 'Appflow' };

/** Most that AWS gives in one page (ListFlows, botocore 1.43.106, read 2026-11-30). */
const maxResults = 100;

export const appFlow = listedService({
  rules: appFlowRules,
  endpoint: appFlowEndpoint,
  protocol: restJson,
  resourceType: 'flow',
  list: {
    operation: 'appflow:ListFlows',
    input: (nextToken) => ({ path: ['list-flows'], body: { maxResults, nextToken } }),
    items: 'flows',
    next: 'nextToken',
    arn: (flow) => flow.requiredText('flowArn'),
  },
  describe: {
    operation: 'appflow:DescribeFlow',
    input: (flow) => ({ path: ['describe-flow'], body: { flowName: flow.requiredText('flowName') } }),
    always: 'flowName',
  },
  encryption: (flow) => flowEncryption(flow.text('kmsArn') || null),
});
