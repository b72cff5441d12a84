import type { SimReplicationRule } from '../../model.ts';
import type { S3Reply } from '../../protocol/s3-xml.ts';
import type { XmlElements } from '../../protocol/xml.ts';
import type { Call } from '../../service.ts';
import { findBucket } from './find-bucket.ts';
import { absent } from './settings.ts';

/** Where objects are replicated to. */
export function getBucketReplication(call: Call): S3Reply {
  const { name, replication } = findBucket(call);
  if (replication.length === 0) {
    throw absent(
      name,
      'ReplicationConfigurationNotFoundError',
      'The replication configuration was not found',
    );
  }
  const Role = `arn:${call.world.organization.partition}:iam::${call.account.id}:role/replication`;
  return { root: 'ReplicationConfiguration', xml: { Role, Rule: replication.map(ruleShape) } };
}

/** Where server access logs go; a bucket that is not logged answers an empty document. */
export function getBucketLogging(call: Call): S3Reply {
  const { loggingTarget } = findBucket(call);
  const LoggingEnabled =
    loggingTarget === null ? undefined : { TargetBucket: loggingTarget, TargetPrefix: 'logs/' };
  return { root: 'BucketLoggingStatus', xml: { LoggingEnabled } };
}

function ruleShape(rule: SimReplicationRule, index: number): XmlElements {
  const { bucketArn, status = 'Enabled', account, replicaKmsKeyId, kmsObjects, sourceMultiRegionKey } = rule;
  const isEncrypted = replicaKmsKeyId !== undefined || sourceMultiRegionKey !== undefined;
  return {
    ID: `rule-${index}`,
    Priority: index,
    Status: status,
    Filter: { Prefix: `${index}/` },
    DeleteMarkerReplication: { Status: 'Disabled' },
    SourceSelectionCriteria: withStatus('SseKmsEncryptedObjects', kmsObjects),
    Destination: {
      Bucket: bucketArn,
      Account: account,
      AccessControlTranslation: account === undefined ? undefined : { Owner: 'Destination' },
      EncryptionConfiguration: isEncrypted
        ? {
            ReplicaKmsKeyID: replicaKmsKeyId,
            ...withStatus('UseSourceMultiRegionKey', sourceMultiRegionKey),
          }
        : undefined,
    },
  };
}

const withStatus = (name: string, status: string | undefined): XmlElements | undefined =>
  status === undefined ? undefined : { [name]: { Status: status } };
