import { jsonWire } from '../protocol/json.ts';
import { ResourceKind, type Shared } from '../resource-kind.ts';
import type { Service } from '../service.ts';

/** A secret of another account that has its value. */
interface Replica {
  arn: string;
  /** `InSync`, `InProgress`, `Failed`, `Detached`. */
  status?: string;
}

interface Secret extends Shared {
  name: string;
  /** As its owner wrote it; without one it is `aws/secretsmanager`. */
  kmsKeyId?: string;
  /** In other accounts. */
  replicas?: readonly Replica[];
  /** The ARN of the secret of another account that it replicates. */
  primary?: string;
}

export const secrets = new ResourceKind<Secret>({
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
    // What it does not have it leaves out.
    DescribeSecret: secrets.detail(({ name, arn, kmsKeyId, replicas, primary }) => ({
      ARN: arn,
      Name: name,
      KmsKeyId: kmsKeyId,
      CrossAccountReplicas: replicas?.map((replica) => ({
        ReplicaSecretARN: replica.arn,
        ReplicationStatus: replica.status,
      })),
      CrossAccountPrimary: primary && { PrimarySecretARN: primary, ReplicationStatus: 'InSync' },
    })),
    GetResourcePolicy: secrets.detail(({ name, arn, policy }) => ({
      ARN: arn,
      Name: name,
      ResourcePolicy: policy ?? undefined,
    })),
  },
};
