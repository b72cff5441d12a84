import { jsonWire } from '../protocol/json.ts';
import { ResourceKind, type Shared } from '../resource-kind.ts';
import type { Service } from '../service.ts';

/** `kmsKeyId` is as its owner wrote it; without one it is `aws/secretsmanager`. */
export const secrets = new ResourceKind<Shared & { name: string; kmsKeyId?: string }>({
  // AWS ends each with six random characters.
  arn: 'secretsmanager:secret:*-AbCdEf',
  namedBy: ['SecretId'],
  complete: (given) => ({ policy: null, ...given }),
  missing: () => [400, 'ResourceNotFoundException', "Secrets Manager can't find the specified secret."],
});

/** AWS Secrets Manager: what is known of secrets, never their values. */
export const secretsManager: Service = {
  name: 'secretsmanager',
  wire: jsonWire({ target: 'secretsmanager', version: '1.1', messageField: 'Message' }),
  operations: {
    ListSecrets: secrets.list({
      entries: 'SecretList',
      paging: { size: 'MaxResults', answers: 100, token: 'NextToken' },
      entry: ({ name, arn, kmsKeyId }) => ({ ARN: arn, Name: name, KmsKeyId: kmsKeyId }),
    }),
    GetResourcePolicy: secrets.detail(({ name, arn, policy }) => ({
      ARN: arn,
      Name: name,
      ResourcePolicy: policy ?? undefined,
    })),
  },
};
