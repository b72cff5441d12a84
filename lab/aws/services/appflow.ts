import { restJsonWire } from '../protocol/rest-json.ts';
import { ResourceKind } from '../resource-kind.ts';
import type { Service } from '../service.ts';

/** Flows; without a key, under one that AppFlow manages. */
export const flows = new ResourceKind<{ name: string; key?: string }>({
  arn: 'appflow:flow/*',
  namedBy: ['flowName'],
  complete: (given) => given,
  missing: (name) => [404, 'ResourceNotFoundException', `The flow ${name} does not exist.`],
});

/** Amazon AppFlow: its flows, without what runs through them. */
export const appFlow: Service = {
  name: 'appflow',
  wire: restJsonWire({ ListFlows: 'POST /list-flows', DescribeFlow: 'POST /describe-flow' }),
  operations: {
    ListFlows: flows.list({
      entries: 'flows',
      paging: { size: 'maxResults', answers: 100, token: 'nextToken' },
      entry: ({ name, arn }) => ({ flowName: name, flowArn: arn, flowStatus: 'Active' }),
    }),
    DescribeFlow: flows.detail(({ name, arn, key }) => ({
      flowName: name,
      flowArn: arn,
      flowStatus: 'Active',
      kmsArn: key,
    })),
  },
};
