import { askedOnce } from '../../aws/asked-once.ts';
import { type Fact, known, readFact } from '../../aws/fact.ts';
import { collect } from '../../aws/paging.ts';
import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import type { RedshiftReads, Warehouse } from './calls.ts';
import { warehouseEncryption } from './warehouse-encryption.ts';

/**
 * How the producers of datashares are encrypted, by the UUID of their namespace. Clusters are listed once there is a
 * datashare, and serverless namespaces once there is one of no cluster.
 */
export function producers(reads: RedshiftReads): (namespace: string) => Promise<Fact<ResourceEncryption>> {
  const clusters = askedOnce(() => byNamespace(reads.clusters()));
  const serverless = askedOnce(() => byNamespace(reads.serverlessNamespaces()));
  return async (namespace) => {
    const ofClusters = await readFact(clusters());
    if (ofClusters.state !== 'known') return ofClusters;
    const cluster = ofClusters.value.get(namespace);
    if (cluster !== undefined) return known(warehouseEncryption(cluster));
    const ofServerless = await readFact(serverless());
    if (ofServerless.state !== 'known') return ofServerless;
    const producer = ofServerless.value.get(namespace);
    return known(producer === undefined ? { state: 'unknown', key: null } : warehouseEncryption(producer));
  };
}

async function byNamespace(
  listing: AsyncIterable<readonly Warehouse[]>,
): Promise<ReadonlyMap<string, Warehouse>> {
  return new Map((await collect(listing)).map((warehouse) => [warehouse.namespace, warehouse]));
}
