import type { SimPublicAccessBlock } from '../../model.ts';
import { text } from '../../protocol/input.ts';
import type { S3Reply } from '../../protocol/s3-xml.ts';
import { ApiError } from '../../protocol/wire.ts';
import { ResourceKind, type Shared } from '../../resource-kind.ts';
import type { Call, Operation } from '../../service.ts';

const allBlocked: SimPublicAccessBlock = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};

interface WithPolicy extends Shared {
  name: string;
  /** As GetAccessPointPolicyStatus tells it. */
  policyIsPublic: boolean;
  block: SimPublicAccessBlock;
}

export interface SimAccessPoint extends WithPolicy {
  bucket: string;
  /** Whose bucket it is; undefined: the own account's. */
  bucketAccountId?: string;
  /** Undefined: it answers the internet. */
  vpcId?: string;
  /** What it is attached to in place of a bucket: its name is empty then. */
  dataSource?: { id: string; type: string };
}

export interface SimMultiRegionAccessPoint extends WithPolicy {
  alias: string;
  status: string;
  regions: { Bucket: string; Region: string; BucketAccountId?: string }[];
}

const missing = (name: string) =>
  [404, 'NoSuchAccessPoint', `The specified accesspoint ${name} does not exist`] as const;

/** As CreateAccessPoint leaves it: without a policy, and with all public access blocked. */
export const accessPoints = new ResourceKind<SimAccessPoint>({
  arn: 's3:accesspoint/*',
  namedBy: ['Name'],
  complete: (given) => ({ bucket: '', policy: null, policyIsPublic: false, block: allBlocked, ...given }),
  missing: (name) => [...missing(name)],
});

/** S3 tells of them in one region only; there they are. */
export const multiRegionAccessPoints = new ResourceKind<SimMultiRegionAccessPoint>({
  arn: 's3:mrap/*',
  namedBy: ['Name'],
  complete: (given) => ({
    alias: `${given.name}.mrap`,
    status: 'READY',
    regions: [],
    policy: null,
    policyIsPublic: false,
    block: allBlocked,
    ...given,
  }),
  missing: (name) => [404, 'NoSuchMultiRegionAccessPoint', `${name} does not exist`],
});

const paging = { size: 'maxResults', token: 'nextToken', next: 'NextToken', answers: 1_000 };
const pagingOfMultiRegion = { ...paging, answers: 100 };

const place = ({ name, bucket, vpcId, bucketAccountId, dataSource }: SimAccessPoint, call: Call) => ({
  Name: name,
  NetworkOrigin: vpcId === undefined ? 'Internet' : 'VPC',
  VpcConfiguration: vpcId === undefined ? undefined : { VpcId: vpcId },
  Bucket: bucket,
  BucketAccountId: dataSource === undefined ? (bucketAccountId ?? call.account.id) : undefined,
  DataSourceId: dataSource?.id,
  DataSourceType: dataSource?.type,
  Alias: `${name}-s3alias`,
});

const listAccessPoints = accessPoints.list({
  entries: 'AccessPointList.AccessPoint',
  entry: (one, call) => ({ ...place(one, call), AccessPointArn: one.arn }),
  // "Returns only access points attached to S3 buckets by default" (API reference, read 2026-11-29).
  only: ({ dataSource }, { input }) => dataSource === undefined || text(input, 'dataSourceType') === 'ALL',
  paging,
});

const listMultiRegion = multiRegionAccessPoints.list({
  entries: 'AccessPoints.AccessPoint',
  entry: ({ name, alias, status, block, regions }, call) => ({
    Name: name,
    Alias: alias,
    CreatedAt: '2024-05-20T07:00:00Z',
    PublicAccessBlock: block,
    Status: status,
    Regions: { Region: regions.map((one) => ({ BucketAccountId: call.account.id, ...one })) },
  }),
  paging: pagingOfMultiRegion,
});

/** A list in the form of S3's answers. */
export const asDocument = (root: string, { paging, run }: Operation): Operation => ({
  ...(paging && { paging }),
  run: (call) => ({ root, xml: run(call) }) as S3Reply,
});

const policyOf = ({ name, policy }: WithPolicy): string => {
  if (policy !== null) return policy;
  throw new ApiError(404, 'NoSuchAccessPointPolicy', 'The specified accesspoint policy does not exist', {
    AccessPointName: name,
  });
};

/** S3 Control's calls about access points. */
export const accessPointOperations: Readonly<Record<string, Operation>> = {
  ListAccessPoints: asDocument('ListAccessPointsResult', listAccessPoints),
  GetAccessPoint: accessPoints.detail((one, call) => ({
    root: 'GetAccessPointResult',
    xml: {
      ...place(one, call),
      PublicAccessBlockConfiguration: { ...one.block },
      CreationDate: '2024-05-20T07:00:00Z',
      AccessPointArn: one.arn,
    },
  })),
  GetAccessPointPolicy: accessPoints.detail((one) => ({
    root: 'GetAccessPointPolicyResult',
    xml: { Policy: policyOf(one) },
  })),
  GetAccessPointPolicyStatus: accessPoints.detail((one) => {
    policyOf(one);
    return {
      root: 'GetAccessPointPolicyStatusResult',
      xml: { PolicyStatus: { IsPublic: one.policyIsPublic } },
    };
  }),
};

/** Those about multi-Region access points, which answer in us-west-2 only. */
export const multiRegionOperations: Readonly<Record<string, Operation>> = {
  ListMultiRegionAccessPoints: inOneRegion(asDocument('ListMultiRegionAccessPointsResult', listMultiRegion)),
  GetMultiRegionAccessPointPolicy: inOneRegion(
    multiRegionAccessPoints.detail((one) => ({
      root: 'GetMultiRegionAccessPointPolicyResult',
      xml: { Policy: one.policy === null ? {} : { Established: { Policy: one.policy } } },
    })),
  ),
  GetMultiRegionAccessPointPolicyStatus: inOneRegion(
    multiRegionAccessPoints.detail((one) => ({
      root: 'GetMultiRegionAccessPointPolicyStatusResult',
      xml: { Established: { IsPublic: one.policyIsPublic } },
    })),
  ),
};

function inOneRegion(operation: Operation): Operation {
  return {
    ...operation,
    run(call) {
      if (call.region === 'us-west-2') return operation.run(call);
      const name = text(call.input, 'Name') ?? '';
      throw new ApiError(301, 'PermanentRedirect', `${name} must be addressed in us-west-2`);
    },
  };
}
