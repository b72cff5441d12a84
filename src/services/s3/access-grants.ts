import { required } from '../../aws/answer.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';
import { nullFor } from '../../aws/service-calls.ts';
import { s3ControlCalls } from './control-client.ts';

/** ListAccessGrants, one of its entries. Words that AWS may extend tomorrow stay raw. */
export interface AccessGrant {
  readonly arn: string;
  /** `IAM`, `DIRECTORY_USER`, `DIRECTORY_GROUP`. */
  readonly granteeType: string;
  /** The ARN of a user or role; of a directory its id of the user or group. */
  readonly grantee: string;
  /** `READ`, `WRITE`, `READWRITE`. */
  readonly permission: string;
  /** `s3://orders/reports/*`; null when not answered. */
  readonly grantScope: string | null;
}

/** S3 Access Grants of an account in a region. Rejects with AwsError only. */
export interface AccessGrantsReads {
  /** The ARN of the one instance that a region can have; null: there is none. */
  instance(): Promise<string | null>;
  /** The JSON text of the instance's policy; null: it has none. */
  policy(): Promise<string | null>;
  grants(): AsyncIterable<readonly AccessGrant[]>;
}

/** Most that AWS gives in one page (MaxResults, S3 Control API reference, ListAccessGrants, read 2026-11-29). */
const pageSize = 1_000;

/** There is no instance. Codes: "List of Amazon S3 Access Grants error codes" (S3 API reference, "Error responses", read 2026-11-29). */
export const noInstance = 'AccessGrantsInstanceNotExistsError';
const noPolicy = 'AccessGrantsInstanceResourcePolicyNotExists';

export function accessGrantsReads(access: ScopeAccess, AccountId: string): AccessGrantsReads {
  const { call, list } = s3ControlCalls(access);
  return {
    instance: () =>
      call('s3:GetAccessGrantsInstance', async ({ sdk, client }, options, site) => {
        const command = new sdk.GetAccessGrantsInstanceCommand({ AccountId });
        const output = await nullFor(noInstance, client.send(command, options));
        return output && required(output.AccessGrantsInstanceArn, 'AccessGrantsInstanceArn', site);
      }),

    policy: () =>
      call('s3:GetAccessGrantsInstanceResourcePolicy', async ({ sdk, client }, options, site) => {
        const command = new sdk.GetAccessGrantsInstanceResourcePolicyCommand({ AccountId });
        const output = await nullFor(noPolicy, client.send(command, options));
        return output && required(output.Policy, 'Policy', site);
      }),

    grants: () =>
      list<AccessGrant>(
        's3:ListAccessGrants',
        ({ arn }) => arn,
        (NextToken) =>
          async ({ sdk, client }, options, site) => {
            const command = new sdk.ListAccessGrantsCommand({ AccountId, MaxResults: pageSize, NextToken });
            const output = await client.send(command, options);
            const all = required(output.AccessGrantsList, 'AccessGrantsList', site);
            const items = all.map((one) => ({
              arn: required(one.AccessGrantArn, 'AccessGrantArn', site),
              granteeType: required(one.Grantee?.GranteeType, 'GranteeType', site),
              grantee: required(one.Grantee?.GranteeIdentifier, 'GranteeIdentifier', site),
              permission: required(one.Permission, 'Permission', site),
              grantScope: one.GrantScope || null,
            }));
            return { items, next: output.NextToken };
          },
      ),
  };
}
