import type { SimAccount } from '../model.ts';
import { jsonWire } from '../protocol/json.ts';
import { type Output, refuse } from '../protocol/wire.ts';
import { ResourceKind, type Shared } from '../resource-kind.ts';
import type { Call, Service } from '../service.ts';

interface SimTrail {
  name: string;
  /** ARN of the key; undefined: log files are under SSE-S3. */
  kmsKeyId?: string;
  isMultiRegion: boolean;
  /** Every member sees it. */
  isOrganization: boolean;
}

/** Trails, in their home regions. */
export const trails = new ResourceKind<SimTrail>({
  arn: 'cloudtrail:trail/*',
  namedBy: ['Name'],
  complete: (given) => ({ isMultiRegion: true, isOrganization: false, ...given }),
  missing: (name) => [400, 'TrailNotFoundException', `Unknown trail: ${name}`],
});

/** `kmsKeyId` is the ARN of the key; `ofAdministrator` the policy that AWS makes for a delegated administrator. */
interface SimEventDataStore extends Shared {
  name: string;
  kmsKeyId?: string;
  ofAdministrator?: string;
  /** Every member sees it. */
  isOrganization: boolean;
}

export const eventDataStores = new ResourceKind<SimEventDataStore>({
  arn: 'cloudtrail:eventdatastore/*',
  namedBy: ['EventDataStore', 'ResourceArn'],
  complete: (given) => ({ policy: null, isOrganization: false, ...given }),
  missing: () => [400, 'EventDataStoreNotFoundException', 'The specified event data store was not found.'],
});

/** AWS CloudTrail: its trails and event data stores, never an event. */
export const cloudTrail: Service = {
  name: 'cloudtrail',
  wire: jsonWire({ target: 'CloudTrail_20131101', version: '1.1' }),
  operations: {
    DescribeTrails: { run: describeTrails },
    ListEventDataStores: eventDataStores.list({
      entries: 'EventDataStores',
      paging: { size: 'MaxResults', answers: 1000, token: 'NextToken' },
      entry: ({ name, arn }) => ({ EventDataStoreArn: arn, Name: name }),
    }),
    GetEventDataStore: eventDataStores.detail(({ name, arn, kmsKeyId, isOrganization }) => ({
      EventDataStoreArn: arn,
      Name: name,
      KmsKeyId: kmsKeyId,
      OrganizationEnabled: isOrganization,
      Status: 'ENABLED',
    })),
    GetResourcePolicy: eventDataStores.detail(({ arn, policy, ofAdministrator }) => {
      if (policy === null && ofAdministrator === undefined)
        refuse(400, 'ResourcePolicyNotFoundException', 'The resource policy was not found.');
      return {
        ResourceArn: arn,
        ResourcePolicy: policy ?? undefined,
        DelegatedAdminResourcePolicy: ofAdministrator,
      };
    }),
  },
};

/** All at once; with shadows, unless told, of trails at home in other regions and of the organization's. */
function describeTrails({ world, account, region, input }: Call): Output {
  const { partition, accounts } = world.organization;
  const trailList: unknown[] = [];
  const tell = (owner: SimAccount, home: string) => {
    for (const trail of trails.in(owner, home).values()) {
      const isShadow = owner !== account || home !== region;
      const isSeen = (home === region || trail.isMultiRegion) && (owner === account || trail.isOrganization);
      if (isShadow && (input.includeShadowTrails === false || !isSeen)) continue;
      trailList.push({
        Name: trail.name,
        S3BucketName: 'logs',
        HomeRegion: home,
        IsMultiRegionTrail: trail.isMultiRegion,
        IsOrganizationTrail: trail.isOrganization,
        TrailARN: `arn:${partition}:cloudtrail:${home}:${owner.id}:trail/${trail.name}`,
        KmsKeyId: trail.kmsKeyId,
      });
    }
  };
  for (const owner of accounts.values()) for (const home of owner.regions.keys()) tell(owner, home);
  return { trailList };
}
