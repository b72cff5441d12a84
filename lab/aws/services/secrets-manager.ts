import { regionOf } from '../build.ts';
import { failure } from '../failures.ts';
import { pageOfArray } from '../paging.ts';
import { pageSize, requiredText, text } from '../protocol/input.ts';
import { jsonWire } from '../protocol/json.ts';
import { ApiError, type Output } from '../protocol/wire.ts';
import type { Call, Service } from '../service.ts';

/** AWS Secrets Manager: what is known of secrets, never their values. */
export const secretsManager: Service = {
  name: 'secretsmanager',
  wire: jsonWire({ target: 'secretsmanager', version: '1.1', messageField: 'Message' }),
  operations: {
    ListSecrets: { paging: { size: 'MaxResults', token: 'NextToken' }, run: listSecrets },
    GetResourcePolicy: { run: getResourcePolicy },
  },
  resourceOf: (input) => text(input, 'SecretId'),
};

function listSecrets(call: Call): Output {
  const page = pageOfArray([...regionOf(call.account, call.region).secrets.values()], {
    marker: text(call.input, 'NextToken'),
    limit: pageSize(call.input, 'MaxResults', { max: 100, default: 100 }),
    invalid: () => failure(secretsManager, 'invalid_input', 'The NextToken is invalid'),
  });
  const SecretList = page.items.map(({ name, kmsKeyId }) => ({
    ARN: arnOf(call, name),
    Name: name,
    KmsKeyId: kmsKeyId,
  }));
  return { SecretList, NextToken: page.next };
}

function getResourcePolicy(call: Call): Output {
  const id = requiredText(call.input, 'SecretId');
  const secret = [...regionOf(call.account, call.region).secrets.values()].find(
    ({ name }) => id === name || id === arnOf(call, name),
  );
  if (secret === undefined) {
    throw new ApiError(400, 'ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  }
  return { ARN: arnOf(call, secret.name), Name: secret.name, ResourcePolicy: secret.policy ?? undefined };
}

/** AWS ends it with six random characters. */
function arnOf({ world, account, region }: Call, name: string): string {
  return `arn:${world.organization.partition}:secretsmanager:${region}:${account.id}:secret:${name}-AbCdEf`;
}
