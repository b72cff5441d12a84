import { regionOf } from '../build.ts';
import type { SimAccount } from '../model.ts';
import type { Given, Resource, ResourceKind } from '../resource-kind.ts';
import { flows } from '../services/appflow.ts';
import { workGroups } from '../services/athena.ts';
import { vaults } from '../services/backup.ts';
import * as bedrock from '../services/bedrock.ts';
import { eventDataStores, trails } from '../services/cloudtrail.ts';
import { logGroups, logsDestinations } from '../services/cloudwatch-logs.ts';
import { codeDomains, codeRepositories } from '../services/codeartifact.ts';
import { projects } from '../services/codebuild.ts';
import { gitRepositories } from '../services/codecommit.ts';
import { pipelines } from '../services/codepipeline.ts';
import { deliveryChannels } from '../services/config.ts';
import { dmsEndpoints, replicationConfigs, replicationInstances } from '../services/dms.ts';
import { tableBackups, tables } from '../services/dynamodb.ts';
import { snapshots, volumes } from '../services/ec2/block-storage.ts';
import { images } from '../services/ec2/images.ts';
import { registryPolicies, repositories } from '../services/ecr.ts';
import { containerClusters } from '../services/ecs.ts';
import { fileSystems } from '../services/efs.ts';
import { kubernetesClusters } from '../services/eks.ts';
import * as elastiCache from '../services/elasticache.ts';
import { eventArchives, eventBuses } from '../services/eventbridge.ts';
import { deliveryStreams } from '../services/firehose.ts';
import { fsxBackups, fsxFileSystems } from '../services/fsx.ts';
import { catalogs } from '../services/glue.ts';
import { detectors, publishingDestinations } from '../services/guardduty.ts';
import { iotSettings } from '../services/iot.ts';
import { siteWiseSettings } from '../services/iotsitewise.ts';
import { kafkaClusters } from '../services/kafka.ts';
import { searchIndexes } from '../services/kendra.ts';
import { streams } from '../services/kinesis.ts';
import { functions } from '../services/lambda.ts';
import { macieSessions } from '../services/macie2.ts';
import { memoryDbClusters, memoryDbSnapshots } from '../services/memorydb.ts';
import { brokers } from '../services/mq.ts';
import { airflowEnvironments } from '../services/mwaa.ts';
import { searchDomains } from '../services/opensearch.ts';
import { collections } from '../services/opensearch-serverless.ts';
import { workspaces } from '../services/prometheus.ts';
import { dbClusterSnapshots, dbClusters, dbInstances, dbSnapshots } from '../services/rds.ts';
import { datashares, redshiftClusters, redshiftSnapshots } from '../services/redshift.ts';
import { namespaceSnapshots, namespaces } from '../services/redshift-serverless.ts';
import { hostedZones } from '../services/route53.ts';
import { accessGrants, accessGrantsInstances } from '../services/s3/access-grants.ts';
import { directoryBuckets } from '../services/s3-express.ts';
import { tableBuckets } from '../services/s3-tables.ts';
import { vectorBuckets } from '../services/s3-vectors.ts';
import { endpointConfigs, notebooks, studioDomains } from '../services/sagemaker.ts';
import { secrets } from '../services/secrets-manager.ts';
import { documents, parameters } from '../services/ssm.ts';
import { activities, stateMachines } from '../services/step-functions.ts';
import { timeSeriesDatabases } from '../services/timestream.ts';
import { influxClusters, influxInstances } from '../services/timestream-influxdb.ts';
import { desktops } from '../services/workspaces.ts';
import { traceSettings } from '../services/xray.ts';

/** Puts resources of other services into one region of an account, each with AWS's defaults where nothing is said. */
export function resourcesIn(account: SimAccount, region: string) {
  const content = regionOf(account, region);
  const into =
    <T extends Resource>(kind: ResourceKind<T>) =>
    (given: Given<T>): T =>
      kind.add(account, region, given);
  return {
    secret: into(secrets),
    table: into(tables),
    volume: into(volumes),
    snapshot: into(snapshots),
    image: into(images),
    /** Volumes are encrypted with this key unless they name another. */
    encryptVolumes(kmsKeyId: string) {
      content.ebsDefault = { enabled: true, kmsKeyId };
    },
    /** Snapshots of the region are public, or not, whatever they say. */
    blockPublicSnapshots(state: string, managedBy = 'account') {
      content.snapshotBlock = { state, managedBy };
    },
    dbInstance: into(dbInstances),
    dbCluster: into(dbClusters),
    dbSnapshot: into(dbSnapshots),
    dbClusterSnapshot: into(dbClusterSnapshots),
    function: into(functions),
    logGroup: into(logGroups),
    logsDestination: into(logsDestinations),
    repository: into(repositories),
    registryPolicy: into(registryPolicies),
    fileSystem: into(fileSystems),
    stream: into(streams),
    vault: into(vaults),
    redshiftCluster: into(redshiftClusters),
    redshiftSnapshot: into(redshiftSnapshots),
    datashare: into(datashares),
    namespace: into(namespaces),
    namespaceSnapshot: into(namespaceSnapshots),
    replicationGroup: into(elastiCache.replicationGroups),
    cacheCluster: into(elastiCache.cacheClusters),
    serverlessCache: into(elastiCache.serverlessCaches),
    cacheSnapshot: into(elastiCache.cacheSnapshots),
    serverlessCacheSnapshot: into(elastiCache.serverlessCacheSnapshots),
    memoryDbCluster: into(memoryDbClusters),
    memoryDbSnapshot: into(memoryDbSnapshots),
    trail: into(trails),
    eventDataStore: into(eventDataStores),
    parameter: into(parameters),
    kubernetesCluster: into(kubernetesClusters),
    codeDomain: into(codeDomains),
    codeRepository: into(codeRepositories),
    project: into(projects),
    pipeline: into(pipelines),
    kafkaCluster: into(kafkaClusters),
    directoryBucket: into(directoryBuckets),
    tableBucket: into(tableBuckets),
    vectorBucket: into(vectorBuckets),
    accessGrantsInstance: into(accessGrantsInstances),
    accessGrant: into(accessGrants),
    eventBus: into(eventBuses),
    deliveryStream: into(deliveryStreams),
    eventArchive: into(eventArchives),
    searchDomain: into(searchDomains),
    collection: into(collections),
    dataCatalog: into(catalogs),
    tableBackup: into(tableBackups),
    fsxFileSystem: into(fsxFileSystems),
    fsxBackup: into(fsxBackups),
    stateMachine: into(stateMachines),
    activity: into(activities),
    workGroup: into(workGroups),
    replicationInstance: into(replicationInstances),
    replicationConfig: into(replicationConfigs),
    replicationEndpoint: into(dmsEndpoints),
    broker: into(brokers),
    workspace: into(workspaces),
    gitRepository: into(gitRepositories),
    notebook: into(notebooks),
    endpointConfig: into(endpointConfigs),
    studioDomain: into(studioDomains),
    desktop: into(desktops),
    traceSetting: into(traceSettings),
    iotSetting: into(iotSettings),
    siteWiseSetting: into(siteWiseSettings),
    macieSession: into(macieSessions),
    containerCluster: into(containerClusters),
    hostedZone: into(hostedZones),
    detector: into(detectors),
    publishingDestination: into(publishingDestinations),
    deliveryChannel: into(deliveryChannels),
    airflowEnvironment: into(airflowEnvironments),
    document: into(documents),
    flow: into(flows),
    customModel: into(bedrock.customModels),
    importedModel: into(bedrock.importedModels),
    guardrail: into(bedrock.guardrails),
    agent: into(bedrock.agents),
    timeSeriesDatabase: into(timeSeriesDatabases),
    searchIndex: into(searchIndexes),
    influxInstance: into(influxInstances),
    influxCluster: into(influxClusters),
  };
}
