import type { Fields } from '../../aws/answer.ts';
import { awsJson } from '../../aws/json-protocols.ts';
import { listedService } from '../listed-service.ts';
import { activityRules, stateMachineRules, statesEncryption } from './rules.ts';

export const stepFunctionsEndpoint = {
  prefix: 'states',
  serviceId: 'SFN',
  fipsAnyway: ['us-gov-west-1'],
  dualStack: { prefix: 'states-fips', partitions: ['aws-us-gov'], partitionsWithFips: [] },
};

const api = { endpoint: stepFunctionsEndpoint, protocol: awsJson('1.0', 'AWSStepFunctions') };

const paging = {
  // Most that AWS gives in one page (@aws-sdk/client-sfn 3.1164.0, read 2026-11-30).
  input: (nextToken: string | undefined) => ({ maxResults: 1000, nextToken }),
  next: 'nextToken',
};

const encryptionIn = (item: Fields) => {
  const settings = item.object('encryptionConfiguration');
  return statesEncryption(
    settings && { type: settings.text('type'), key: settings.text('kmsKeyId') || null },
  );
};

export const stateMachines = listedService({
  ...api,
  rules: stateMachineRules,
  resourceType: 'state_machine',
  list: {
    ...paging,
    operation: 'states:ListStateMachines',
    items: 'stateMachines',
    arn: (machine) => machine.requiredText('stateMachineArn'),
  },
  describe: {
    operation: 'states:DescribeStateMachine',
    // Nothing of the definition, for which one would need the key itself.
    input: (machine) => ({
      stateMachineArn: machine.requiredText('stateMachineArn'),
      includedData: 'METADATA_ONLY',
    }),
    always: 'stateMachineArn',
  },
  encryption: encryptionIn,
});

export const activities = listedService({
  ...api,
  rules: activityRules,
  resourceType: 'activity',
  list: {
    ...paging,
    operation: 'states:ListActivities',
    items: 'activities',
    arn: (activity) => activity.requiredText('activityArn'),
  },
  describe: {
    operation: 'states:DescribeActivity',
    input: (activity) => ({ activityArn: activity.requiredText('activityArn') }),
    always: 'activityArn',
  },
  encryption: encryptionIn,
});
