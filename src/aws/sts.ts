import { required } from './answer.ts';
import { parseArn } from './arn.ts';
import { type Credentials, slim } from './client.ts';
import { AwsError } from './error.ts';
import type { ScopeAccess } from './scope-access.ts';
import { serviceCalls } from './service-calls.ts';

/** Who some credentials are. */
export interface CallerIdentity {
  readonly accountId: string;
  readonly arn: string;
  /** `aws`, `aws-cn`, `aws-us-gov`, `aws-eusc`, … from the ARN. */
  readonly partition: string;
}

/** A role, and how it wants to be asked. */
export interface AssumableRole {
  readonly roleArn: string;
  /** Null: `cloudquery-aws-encryption`. */
  readonly sessionName: string | null;
  readonly externalId: string | null;
}

export interface Sts {
  callerIdentity(): Promise<CallerIdentity>;
  /** For an hour: what every role allows, and the most that AWS gives to a role assumed from a role. */
  assumeRole(role: AssumableRole): Promise<Credentials>;
}

const sessionSeconds = 3600;
const defaultSessionName = 'cloudquery-aws-encryption';

/** STS as seen from `access`. Rejects with AwsError only; no secret is in one. */
export function stsCalls(access: ScopeAccess): Sts {
  const { call } = serviceCalls(access, async (config) => {
    const sdk = await import('@aws-sdk/client-sts');
    return { sdk, client: slim(new sdk.STSClient(config)) };
  });

  return {
    callerIdentity: () =>
      call('sts:GetCallerIdentity', async ({ sdk, client }, options, site) => {
        const output = await client.send(new sdk.GetCallerIdentityCommand({}), options);
        const arn = required(output.Arn, 'Arn', site);
        const accountId = required(output.Account, 'Account', site);
        return { arn, accountId, partition: required(parseArn(arn), 'valid Arn', site).partition };
      }),

    assumeRole({ roleArn, sessionName, externalId }) {
      const accountId = parseArn(roleArn)?.accountId ?? null;
      const secrets = externalId === null ? [] : [externalId];
      return call(
        'sts:AssumeRole',
        async ({ sdk, client }, options, here) => {
          const input = {
            RoleArn: roleArn,
            RoleSessionName: sessionName ?? defaultSessionName,
            DurationSeconds: sessionSeconds,
            ...(externalId === null ? {} : { ExternalId: externalId }),
          };
          const { Credentials: given } = await client.send(new sdk.AssumeRoleCommand(input), options);
          const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = given ?? {};
          if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration) {
            const site = { ...here, accountId };
            throw new AwsError(
              'malformed_answer',
              'incomplete_answer',
              site,
              'the answer has no Credentials',
            );
          }
          return {
            accessKeyId: AccessKeyId,
            secretAccessKey: SecretAccessKey,
            sessionToken: SessionToken,
            expiration: Expiration,
          };
        },
        { accountId, secrets },
      );
    },
  };
}
