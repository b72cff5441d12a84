import { regionOf } from '../build.ts';
import type { SimAccount } from '../model.ts';
import type {
  SimDatabase,
  SimDatabaseSnapshot,
  SimFileSystem,
  SimFunction,
  SimLogGroup,
  SimRepository,
  SimSecret,
  SimSnapshot,
  SimTable,
  SimVolume,
} from '../resource-model.ts';

/** Puts resources of other services into one region of an account, each with AWS's defaults where nothing is said. */
export function resourcesIn(account: SimAccount, region: string) {
  const content = regionOf(account, region);
  const keep = <Id extends string, T extends Record<Id, string>>(all: Map<string, T>, id: Id, one: T): T => {
    all.set(one[id], one);
    return one;
  };
  type Named<T> = Partial<T> & { name: string };
  type Identified<T> = Partial<T> & { id: string };
  const database = (one: Identified<SimDatabase>): SimDatabase => ({
    encryptionType: one.kmsKeyId === undefined ? 'none' : 'sse-kms',
    ...one,
  });
  const snapshot = (one: Identified<SimDatabaseSnapshot>): SimDatabaseSnapshot => ({
    ...database(one),
    snapshotType: 'manual',
    sharedWith: [],
    ...one,
  });
  return {
    secret: (one: Named<SimSecret>) => keep(content.secrets, 'name', { policy: null, ...one }),
    table: (one: Named<SimTable>) => keep(content.tables, 'name', { policy: null, ...one }),
    volume: (one: SimVolume) => keep(content.volumes, 'id', one),
    snapshot: (one: Identified<SimSnapshot>) => keep(content.snapshots, 'id', { sharedWith: [], ...one }),
    /** Volumes are encrypted with this key unless they name another. */
    encryptVolumes(kmsKeyId: string) {
      content.ebsDefault = { enabled: true, kmsKeyId };
    },
    /** Snapshots of the region are public, or not, whatever they say. */
    blockPublicSnapshots(state: string, managedBy = 'account') {
      content.snapshotBlock = { state, managedBy };
    },
    dbInstance: (one: Identified<SimDatabase>) => keep(content.dbInstances, 'id', database(one)),
    dbCluster: (one: Identified<SimDatabase>) => keep(content.dbClusters, 'id', database(one)),
    dbSnapshot: (one: Identified<SimDatabaseSnapshot>) => keep(content.dbSnapshots, 'id', snapshot(one)),
    dbClusterSnapshot: (one: Identified<SimDatabaseSnapshot>) =>
      keep(content.dbClusterSnapshots, 'id', snapshot(one)),
    function: (one: Named<SimFunction>) => keep(content.functions, 'name', { policy: null, ...one }),
    logGroup: (one: SimLogGroup) => keep(content.logGroups, 'name', one),
    repository: (one: Named<SimRepository>) =>
      keep(content.repositories, 'name', { policy: null, encryptionType: 'AES256', ...one }),
    fileSystem: (one: Identified<SimFileSystem>) =>
      keep(content.fileSystems, 'id', { policy: null, encrypted: one.kmsKeyId !== undefined, ...one }),
  };
}
