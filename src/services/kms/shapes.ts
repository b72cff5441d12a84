import type { Fields } from '../../aws/answer.ts';
import type {
  Alias,
  CustomKeyStore,
  Grant,
  KeyLastUsage,
  KeyListEntry,
  KeyMetadata,
  Rotation,
  RotationStatus,
} from './facts.ts';

/** From KMS's shapes to ours: what is absent is null, what AWS always answers is checked. */
export function keyListEntryOf(entry: Fields): KeyListEntry {
  return { keyId: entry.requiredText('KeyId'), arn: entry.requiredText('KeyArn') };
}

export function keyMetadataOf(key: Fields): KeyMetadata {
  const family = key.object('MultiRegionConfiguration');
  return {
    arn: key.requiredText('Arn'),
    accountId: key.text('AWSAccountId'),
    keyId: key.requiredText('KeyId'),
    keyManager: key.text('KeyManager'),
    origin: key.text('Origin'),
    keySpec: key.text('KeySpec'),
    keyUsage: key.text('KeyUsage'),
    keyState: key.text('KeyState'),
    enabled: key.boolean('Enabled'),
    description: key.text('Description'),
    creationDate: key.date('CreationDate'),
    deletionDate: key.date('DeletionDate'),
    pendingDeletionWindowInDays: key.integer('PendingDeletionWindowInDays'),
    multiRegion: key.boolean('MultiRegion'),
    multiRegionKeyType: family?.text('MultiRegionKeyType') ?? null,
    primaryKeyArn: family?.object('PrimaryKey')?.text('Arn') ?? null,
    replicaKeyArns: family?.objects('ReplicaKeys')?.map((replica) => replica.requiredText('Arn')) ?? null,
    customKeyStoreId: key.text('CustomKeyStoreId'),
    cloudHsmClusterId: key.text('CloudHsmClusterId'),
    xksKeyId: key.object('XksKeyConfiguration')?.text('Id') ?? null,
    expirationModel: key.text('ExpirationModel'),
    validTo: key.date('ValidTo'),
    currentKeyMaterialId: key.text('CurrentKeyMaterialId'),
    encryptionAlgorithms: key.texts('EncryptionAlgorithms'),
    signingAlgorithms: key.texts('SigningAlgorithms'),
    macAlgorithms: key.texts('MacAlgorithms'),
    keyAgreementAlgorithms: key.texts('KeyAgreementAlgorithms'),
    encapsulationAlgorithms: key.texts('EncapsulationAlgorithms'),
  };
}

export function aliasOf(entry: Fields): Alias {
  return {
    name: entry.requiredText('AliasName'),
    arn: entry.requiredText('AliasArn'),
    targetKeyId: entry.text('TargetKeyId'),
    creationDate: entry.date('CreationDate'),
    lastUpdatedDate: entry.date('LastUpdatedDate'),
  };
}

export function tagOf(entry: Fields): readonly [key: string, value: string] {
  return [entry.requiredText('TagKey'), entry.requiredText('TagValue')];
}

export function rotationStatusOf(answer: Fields): RotationStatus {
  return {
    enabled: answer.requiredBoolean('KeyRotationEnabled'),
    periodInDays: answer.integer('RotationPeriodInDays'),
    nextRotationDate: answer.date('NextRotationDate'),
  };
}

export function rotationOf(entry: Fields): Rotation {
  return {
    keyMaterialId: entry.text('KeyMaterialId'),
    keyMaterialDescription: entry.text('KeyMaterialDescription'),
    importState: entry.text('ImportState'),
    keyMaterialState: entry.text('KeyMaterialState'),
    expirationModel: entry.text('ExpirationModel'),
    validTo: entry.date('ValidTo'),
    rotationDate: entry.date('RotationDate'),
    rotationType: entry.text('RotationType'),
  };
}

export function grantOf(entry: Fields): Grant {
  return {
    grantId: entry.requiredText('GrantId'),
    name: entry.text('Name'),
    creationDate: entry.date('CreationDate'),
    granteePrincipal: entry.text('GranteePrincipal'),
    retiringPrincipal: entry.text('RetiringPrincipal'),
    granteeServicePrincipal: entry.text('GranteeServicePrincipal'),
    retiringServicePrincipal: entry.text('RetiringServicePrincipal'),
    issuingAccount: entry.text('IssuingAccount'),
    operations: entry.requiredTexts('Operations'),
    constraints: entry.raw('Constraints'),
  };
}

/** AWS always says since when it tracks; without that, silence would read as "never used". */
export function lastUsageOf(answer: Fields): KeyLastUsage {
  const usage = answer.object('KeyLastUsage');
  return {
    trackingStartDate: answer.requiredDate('TrackingStartDate'),
    lastUsedAt: usage?.date('Timestamp') ?? null,
    lastOperation: usage?.text('Operation') ?? null,
    cloudTrailEventId: usage?.text('CloudTrailEventId') ?? null,
  };
}

export function customKeyStoreOf(store: Fields): CustomKeyStore {
  const proxy = store.object('XksProxyConfiguration');
  return {
    id: store.requiredText('CustomKeyStoreId'),
    name: store.text('CustomKeyStoreName'),
    type: store.text('CustomKeyStoreType'),
    cloudHsmClusterId: store.text('CloudHsmClusterId'),
    connectionState: store.text('ConnectionState'),
    connectionErrorCode: store.text('ConnectionErrorCode'),
    creationDate: store.date('CreationDate'),
    xksProxyConnectivity: proxy?.text('Connectivity') ?? null,
    xksProxyUriEndpoint: proxy?.text('UriEndpoint') ?? null,
    xksProxyUriPath: proxy?.text('UriPath') ?? null,
    xksProxyVpcEndpointServiceName: proxy?.text('VpcEndpointServiceName') ?? null,
    xksProxyVpcEndpointServiceOwner: proxy?.text('VpcEndpointServiceOwner') ?? null,
  };
}
