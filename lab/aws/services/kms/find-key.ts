import { addKey, regionOf } from '../../build.ts';
import { awsManagedKey } from '../../keys/aws-managed.ts';
import type { SimAccount, SimKey } from '../../model.ts';
import { requiredText } from '../../protocol/input.ts';
import type { Call } from '../../service.ts';
import { accessDenied, invalidArn, notFound } from './errors.ts';
import { policyAdmits } from './key-policy.ts';

export interface Access {
  /** AWS lets another account make this call if the key policy or a grant admits it. */
  readonly acrossAccounts?: boolean;
  /** The call takes an alias in place of a key id. */
  readonly aliases?: boolean;
}

/** The key that `KeyId` names, if it exists here and admits the caller; KMS's own errors otherwise. */
export function findKey(call: Call, access: Access = {}): SimKey {
  const reference = requiredText(call.input, 'KeyId');
  const { owner, resource } = ownerOf(call, reference);
  if (resource.startsWith('alias/')) {
    if (access.aliases !== true) throw notFound(`Invalid keyId '${reference}'`);
    return authorized(call, keyBehindAlias(call, owner, resource), access);
  }
  const key = regionOf(owner, call.region).keys.get(resource);
  if (key === undefined) {
    const isKeyId = /^(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.test(resource);
    throw notFound(
      isKeyId
        ? `Key '${arnPrefix(call, owner.id)}key/${resource}' does not exist`
        : `Invalid keyId '${reference}'`,
    );
  }
  return authorized(call, key, access);
}

/** `resource` is a bare key id or `alias/…`. */
function ownerOf(call: Call, reference: string): { owner: SimAccount; resource: string } {
  if (!reference.startsWith('arn:')) return { owner: call.account, resource: reference };
  const [, partition, service, region, accountId, ...rest] = reference.split(':');
  const resource = rest.join(':');
  if (service !== 'kms' || accountId === undefined || !/^(key|alias)\//.test(resource)) {
    throw invalidArn(`${reference} is not a valid ARN`);
  }
  if (partition !== call.world.organization.partition) throw notFound(`Invalid arn ${partition}`);
  if (region !== call.region) throw notFound(`Invalid arn ${region}`);
  const owner = call.world.organization.accounts.get(accountId);
  if (owner === undefined) throw accessDenied(call.caller.arn, `kms:${call.operation}`, reference);
  return { owner, resource: resource.startsWith('key/') ? resource.slice('key/'.length) : resource };
}

/**
 * A predefined alias without a key gets one on the spot, as in AWS: DescribeKey writes here. The world keeps the
 * ARN, so that a test can say that it never happened.
 */
function keyBehindAlias(call: Call, owner: SimAccount, alias: string): SimKey {
  const region = regionOf(owner, call.region);
  const found = region.aliases.get(alias);
  const target = found?.TargetKeyId === undefined ? undefined : region.keys.get(found.TargetKeyId);
  if (target !== undefined) return target;
  if (found !== undefined && alias.startsWith('alias/aws/') && owner === call.account) {
    const { partition } = call.world.organization;
    const place = { partition, accountId: owner.id, region: call.region };
    const key = addKey(owner, awsManagedKey(place, alias.slice('alias/aws/'.length)), alias);
    call.world.createdKeys.push(key.metadata.Arn);
    return key;
  }
  throw notFound(`Alias ${arnPrefix(call, owner.id)}${alias} is not found.`);
}

function authorized(call: Call, key: SimKey, access: Access): SimKey {
  const { caller, world } = call;
  const isForeign = key.metadata.AWSAccountId !== caller.accountId;
  if (!isForeign && !world.enforceKeyPolicies) return key;
  const action = `kms:${call.operation}`;
  const facts = { caller, organizationId: call.account.parentId === null ? null : world.organization.id };
  const admitted =
    (!isForeign || access.acrossAccounts === true) &&
    ([key.policy, key.ramPolicy ?? ''].some((policy) => policyAdmits(policy, action, facts)) ||
      grantAdmits(key, call));
  if (!admitted) throw accessDenied(caller.arn, action, key.metadata.Arn);
  return key;
}

function grantAdmits(key: SimKey, call: Call): boolean {
  return key.grants.some(
    (grant) =>
      grant.Operations.includes(call.operation) &&
      (grant.GranteePrincipal === call.caller.principalArn || grant.GranteePrincipal === call.caller.arn),
  );
}

function arnPrefix(call: Call, accountId: string): string {
  return `arn:${call.world.organization.partition}:kms:${call.region}:${accountId}:`;
}
