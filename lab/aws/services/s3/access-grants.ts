import { type Refusal, refuse } from '../../protocol/wire.ts';
import { ResourceKind, type Shared } from '../../resource-kind.ts';
import type { Call, Operation } from '../../service.ts';
import { asDocument } from './access-points.ts';

const noInstance: Refusal = [
  404,
  'AccessGrantsInstanceNotExistsError',
  'Access Grants Instance does not exist',
];

/** The instance of an account and region, by the name `default`. */
export const accessGrantsInstances = new ResourceKind<Shared & { name: string }>({
  arn: 's3:access-grants/*',
  namedBy: ['AccessGrantsInstanceId'],
  complete: (given) => ({ policy: null, ...given }),
  missing: () => noInstance,
});

export interface SimAccessGrant {
  id: string;
  /** `IAM`, `DIRECTORY_USER`, `DIRECTORY_GROUP`. */
  granteeType: string;
  grantee: string;
  /** `READ`, `WRITE`, `READWRITE`. */
  permission: string;
  grantScope: string;
}

export const accessGrants = new ResourceKind<SimAccessGrant>({
  arn: 's3:access-grants/default/grant/*',
  namedBy: ['AccessGrantId'],
  complete: (given) => ({
    granteeType: 'IAM',
    grantee: '',
    permission: 'READ',
    grantScope: 's3://*',
    ...given,
  }),
  missing: () => [404, 'NoSuchAccessGrantError', 'The specified access grant does not exist'],
});

const instance = (call: Call) => {
  const { account, region, world } = call;
  const [found] = accessGrantsInstances.in(account, region).values();
  if (found === undefined) return refuse(...noInstance);
  const place = `${world.organization.partition}:s3:${region}:${account.id}`;
  return { ...found, arn: `arn:${place}:access-grants/${found.name}` };
};

const listing = asDocument(
  'ListAccessGrantsResult',
  accessGrants.list({
    entries: 'AccessGrantsList.AccessGrant',
    entry: ({ id, arn, granteeType, grantee, permission, grantScope }) => ({
      CreatedAt: '2024-05-20T07:00:00Z',
      AccessGrantId: id,
      AccessGrantArn: arn,
      Grantee: { GranteeType: granteeType, GranteeIdentifier: grantee },
      Permission: permission,
      AccessGrantsLocationId: 'default',
      GrantScope: grantScope,
    }),
    paging: { size: 'maxResults', token: 'nextToken', next: 'NextToken', answers: 1_000 },
  }),
);

/** S3 Control's calls about access grants. */
export const accessGrantsOperations: Readonly<Record<string, Operation>> = {
  GetAccessGrantsInstance: {
    run: (call) => ({
      root: 'GetAccessGrantsInstanceResult',
      xml: {
        AccessGrantsInstanceArn: instance(call).arn,
        AccessGrantsInstanceId: instance(call).name,
        CreatedAt: '2024-05-20T07:00:00Z',
      },
    }),
  },
  GetAccessGrantsInstanceResourcePolicy: {
    run: (call) => ({
      root: 'GetAccessGrantsInstanceResourcePolicyResult',
      xml: {
        Policy:
          instance(call).policy ??
          refuse(
            404,
            'AccessGrantsInstanceResourcePolicyNotExists',
            'Access Grants Instance Resource Policy does not exist',
          ),
      },
    }),
  },
  ListAccessGrants: {
    ...listing,
    run(call) {
      instance(call);
      return listing.run(call);
    },
  },
};
