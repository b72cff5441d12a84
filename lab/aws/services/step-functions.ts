import { jsonWire } from '../protocol/json.ts';
import { ResourceKind } from '../resource-kind.ts';
import type { Service } from '../service.ts';

/** `type` null: AWS answers no settings; with a key it is the customer's unless it says otherwise. */
interface SimStates {
  name: string;
  type: string | null;
  kmsKeyId?: string;
}

const kind = (word: string, missing: string) =>
  new ResourceKind<SimStates>({
    arn: `states:${word}:*`,
    namedBy: [`${word}Arn`],
    complete: (given) => ({
      type: given.kmsKeyId === undefined ? null : 'CUSTOMER_MANAGED_KMS_KEY',
      ...given,
    }),
    missing: (name) => [400, missing, `Does not exist: '${name}'`],
  });

export const stateMachines = kind('stateMachine', 'StateMachineDoesNotExist');
export const activities = kind('activity', 'ActivityDoesNotExist');

const paging = { size: 'maxResults', answers: 1000, default: 100, token: 'nextToken' };
const created = { creationDate: 1767225600 };

const settings = ({ type, kmsKeyId }: SimStates) =>
  type !== null && { encryptionConfiguration: { type, kmsKeyId } };

/** AWS Step Functions: state machines and activities, without executions. */
export const stepFunctions: Service = {
  name: 'states',
  wire: jsonWire({ target: 'AWSStepFunctions', version: '1.0' }),
  operations: {
    ListStateMachines: stateMachines.list({
      entries: 'stateMachines',
      paging,
      entry: ({ name, arn }) => ({ stateMachineArn: arn, name, type: 'STANDARD', ...created }),
    }),
    DescribeStateMachine: stateMachines.detail(({ arn, ...machine }, { input }) => ({
      stateMachineArn: arn,
      name: machine.name,
      // Without metadata alone being asked for it takes kms:Decrypt, which is left out here.
      definition: input.includedData === 'METADATA_ONLY' ? '{}' : '{"StartAt":"Done"}',
      roleArn: 'arn:aws:iam::111111111111:role/machine',
      type: 'STANDARD',
      ...created,
      ...settings(machine),
    })),
    ListActivities: activities.list({
      entries: 'activities',
      paging,
      entry: ({ name, arn }) => ({ activityArn: arn, name, ...created }),
    }),
    DescribeActivity: activities.detail(({ arn, ...activity }) => ({
      activityArn: arn,
      name: activity.name,
      ...created,
      ...settings(activity),
    })),
  },
};
