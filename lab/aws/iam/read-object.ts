import { keyNamed } from '../keys/named.ts';
import type { SimAccount, SimBucket, SimKey, SimOrganization } from '../model.ts';
import { deniedByOrganization } from '../organization-refusal.ts';
import { allowsByKey, type Key, serves } from './key.ts';
import {
  contextOfResource,
  documentOf,
  type RequestOnResource,
  refusedByOrganization,
} from './organization.ts';
import { asDocumented, type Reading } from './readings.ts';
import { type Caller, contextOf } from './request.ts';
import { decide } from './statement.ts';

/** GetObject as somebody would send it. */
export interface ReadRequest {
  readonly caller: Caller;
  readonly bucket: string;
  readonly object: string;
  /** What the request carries besides what AWS puts into it: keys in lower case (`aws:principaltag/team`). */
  readonly context?: Readonly<Record<string, string>>;
}

/** What a GetObject gets: the object, or the first refusal of one of the two calls that it takes. */
export type ReadAnswer =
  | { readonly refused: null }
  | {
      readonly refused: 's3:GetObject' | 'kms:Decrypt';
      readonly by: 'service_control' | 'resource_control' | 'bucket_policy' | 'key' | 'key_state';
      /** As AWS says it. */
      readonly message: string;
      /** The organization policy that denies; null: none does, or a level has none that allows. */
      readonly policyId: string | null;
    };

/**
 * Asks what the simulated AWS would answer to a GetObject. The IAM policies of the caller's own account allow
 * everything here. S3 asks KMS with its caller's permissions: the second call carries `aws:ViaAWSService`,
 * `aws:CalledVia` and `kms:ViaService` (IAM user guide, "Forward access sessions", read 2026-11-29).
 */
export function readObject(
  organization: SimOrganization,
  request: ReadRequest,
  reading: Reading = asDocumented,
): ReadAnswer {
  const found = ownerOf(organization, request.bucket);
  if (found === undefined) throw new Error(`there is no bucket ${request.bucket}`);
  const { owner, bucket } = found;
  const { partition } = organization;
  const bucketArn = `arn:${partition}:s3:::${bucket.name}`;
  const { caller } = request;
  const common = new Map([
    ...contextOf(caller),
    ...contextOfResource(organization, owner.id, bucket.region),
    ...Object.entries(request.context ?? {}).map(([key, value]) => [key, [value]] as const),
    ['aws:securetransport', ['true']],
  ]);
  const data: RequestOnResource = {
    caller,
    action: 's3:GetObject',
    resource: `${bucketArn}/${request.object}`,
    ownerId: owner.id,
    isAwsManagedKey: false,
    context: new Map([...common, ['aws:viaawsservice', ['false']]]),
  };
  const refusedData = refusedBy(organization, data, reading, () =>
    bucketAdmits(bucket, data, owner, reading),
  );
  if (refusedData !== null) return refusedData;
  const simKey = keyOf(organization, owner, bucket);
  if (simKey === null) return { refused: null };
  const key = asKey(simKey);
  const isBucketKey = bucket.encryption?.bucketKeyEnabled === true;
  const through = caller.kind !== 'service' || reading.servicesComeThroughThemselves;
  const decrypt: RequestOnResource = {
    caller,
    action: 'kms:Decrypt',
    resource: key.arn,
    ownerId: key.owner,
    isAwsManagedKey: key.manager === 'AWS',
    context: new Map([
      ...common,
      ...contextOfResource(organization, key.owner, bucket.region),
      ['aws:viaawsservice', [`${through}`]],
      ...(through
        ? ([
            ['aws:calledvia', ['s3.amazonaws.com']],
            ['kms:viaservice', [`s3.${bucket.region}.amazonaws.com`]],
          ] as const)
        : []),
      ...('account' in caller ? ([['kms:calleraccount', [caller.account]]] as const) : []),
      ['kms:encryptioncontext:aws:s3:arn', [isBucketKey ? bucketArn : data.resource]],
      ['kms:encryptioncontextkeys', ['aws:s3:arn']],
    ]),
  };
  return (
    refusedBy(organization, decrypt, reading, () => keyAdmits(key, decrypt, reading)) ?? { refused: null }
  );
}

/** Organization policies first, as AWS evaluates them; then the resource's side. */
function refusedBy(
  organization: SimOrganization,
  request: RequestOnResource,
  reading: Reading,
  resource: () => 'bucket_policy' | 'key' | 'key_state' | null,
): ReadAnswer | null {
  const { caller, resource: arn } = request;
  const action = request.action as 's3:GetObject' | 'kms:Decrypt';
  const name = nameOf(caller);
  const refusal = refusedByOrganization(organization, request, reading);
  if (refusal !== null) {
    const message = deniedByOrganization(organization, name, action, { arn }, refusal);
    return { refused: action, by: refusal.by, policyId: refusal.policyId, message };
  }
  const by = resource();
  if (by === null) return null;
  const why = `because no resource-based policy allows the ${action} action`;
  const message = `User: ${name} is not authorized to perform: ${action} on resource: ${arn} ${why}`;
  return { refused: action, by, policyId: null, message };
}

const nameOf = (caller: Caller): string =>
  'account' in caller
    ? (caller.session ?? caller.arn)
    : caller.kind === 'service'
      ? caller.name
      : 'anonymous';

/** In the owner's own account IAM suffices where the bucket policy does not deny. */
function bucketAdmits(
  { policy }: SimBucket,
  request: RequestOnResource,
  owner: SimAccount,
  reading: Reading,
): 'bucket_policy' | null {
  const decision = policy === null ? 'silent' : decide([documentOf(policy)], request, reading);
  const isOwn = 'account' in request.caller && request.caller.account === owner.id;
  return decision === 'allowed' || (isOwn && decision === 'silent') ? null : 'bucket_policy';
}

function keyAdmits(key: Key, request: RequestOnResource, reading: Reading): 'key' | 'key_state' | null {
  if (!serves(key)) return 'key_state';
  return allowsByKey(key, request, reading) ? null : 'key';
}

function ownerOf(
  { accounts }: SimOrganization,
  name: string,
): { owner: SimAccount; bucket: SimBucket } | undefined {
  for (const owner of accounts.values()) {
    const bucket = owner.buckets.get(name);
    if (bucket !== undefined) return { owner, bucket };
  }
  return undefined;
}

/** The key that the bucket's default names; null: it is under none of KMS. */
function keyOf(organization: SimOrganization, owner: SimAccount, bucket: SimBucket): SimKey | null {
  const { algorithm = null, kmsMasterKeyId: reference = 'alias/aws/s3' } = bucket.encryption ?? {};
  if (algorithm === null || algorithm === 'AES256') return null;
  const key = keyNamed(organization, owner.id, bucket.region, reference);
  if (key === undefined) throw new Error(`${bucket.name}: there is no key ${reference}`);
  return key;
}

function asKey({ metadata, policy, ramPolicy, grants }: SimKey): Key {
  return {
    arn: metadata.Arn,
    owner: metadata.AWSAccountId,
    manager: metadata.KeyManager === 'AWS' ? 'AWS' : 'CUSTOMER',
    state: metadata.KeyState,
    spec: metadata.KeySpec ?? 'SYMMETRIC_DEFAULT',
    usage: metadata.KeyUsage ?? 'ENCRYPT_DECRYPT',
    policy: documentOf(policy),
    ram: ramPolicy === undefined ? null : documentOf(ramPolicy),
    grants,
  };
}
