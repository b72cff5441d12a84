import { expect, test } from 'vitest';
import { AwsError } from '../../src/aws/error.ts';
import { services } from '../../src/services/catalogue.ts';
import { servicesByDefault } from '../../src/services/choice.ts';
import { LackingActions } from '../../src/sync/lacking-actions.ts';
import { resources } from '../../src/tables/resources.ts';

const accountId = '222222222222';

test.each([
  ['that is the default', servicesByDefault, ''],
  ['of all', services, ' --services "*"'],
  ['of some', ['sqs', 'kinesis'], ' --services sqs,kinesis'],
])('the line names the permissions of a choice of services %s', (_choice, chosen, flag) => {
  const lacking = new LackingActions(chosen);
  const site = { operation: 'kinesis:ListStreams', accountId, region: 'us-east-1' };
  const error = new AwsError('access_denied', 'AccessDeniedException', site, 'no');
  lacking.defers(error, accountId, { table: resources, text: error.message });
  expect(lacking.line()).toContain(`\`permissions --since 0.1.0${flag}\` prints a policy`);
});
