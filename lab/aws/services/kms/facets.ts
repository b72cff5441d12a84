import { regionOf } from '../../build.ts';
import { pageSize, text } from '../../protocol/input.ts';
import { InvalidInput, type Output } from '../../protocol/wire.ts';
import type { Call } from '../../service.ts';
import { customKeyStoreNotFound, notFound } from './errors.ts';
import { findKey } from './find-key.ts';
import { kmsPage } from './page.ts';

export function describeKey(call: Call): Output {
  return { KeyMetadata: findKey(call, { acrossAccounts: true, aliases: true }).metadata };
}

export function getKeyPolicy(call: Call): Output {
  const name = text(call.input, 'PolicyName') ?? 'default';
  const key = findKey(call);
  const Policy = name === 'default' ? key.policy : name === 'AWS_RAM' ? key.ramPolicy : undefined;
  if (Policy === undefined) throw notFound('No such policy exists');
  return { Policy, PolicyName: name };
}

export function listKeyPolicies(call: Call): Output {
  const limit = pageSize(call.input, 'Limit', { max: 1000, default: 100 });
  const { ramPolicy } = findKey(call);
  return kmsPage('PolicyNames', ['default', ...(ramPolicy === undefined ? [] : ['AWS_RAM'])], call, limit);
}

export function listGrants(call: Call): Output {
  const limit = pageSize(call.input, 'Limit', { max: 100, default: 50 });
  const key = findKey(call, { acrossAccounts: true });
  const id = text(call.input, 'GrantId');
  const grantee = text(call.input, 'GranteePrincipal');
  const wanted = key.grants.filter(
    (grant) =>
      (id === undefined || grant.GrantId === id) &&
      (grantee === undefined || grant.GranteePrincipal === grantee),
  );
  return kmsPage('Grants', wanted, call, limit);
}

export function listResourceTags(call: Call): Output {
  const limit = pageSize(call.input, 'Limit', { max: 50, default: 50 });
  return kmsPage('Tags', findKey(call).tags, call, limit);
}

/** GetKeyLastUsage, 2026: no alias, and nothing about use before tracking began. */
export function getKeyLastUsage(call: Call): Output {
  const key = findKey(call);
  const { Arn, CreationDate } = key.metadata;
  return {
    KeyId: Arn,
    KeyCreationDate: CreationDate,
    TrackingStartDate: Math.max(CreationDate, trackingBegan),
    KeyLastUsage: key.lastUsage ?? {},
  };
}

/** 2026-04-01: about when AWS began to record the last use of keys. */
const trackingBegan = Date.UTC(2026, 3, 1) / 1000;

export function describeCustomKeyStores(call: Call): Output {
  const limit = pageSize(call.input, 'Limit', { max: 1000, default: 100 });
  const { customKeyStores } = regionOf(call.account, call.region);
  const id = text(call.input, 'CustomKeyStoreId');
  const name = text(call.input, 'CustomKeyStoreName');
  if (id !== undefined && name !== undefined) {
    throw new InvalidInput('Only one of CustomKeyStoreId and CustomKeyStoreName may be given');
  }
  const wanted = customKeyStores.filter(
    (store) =>
      (id === undefined || store.CustomKeyStoreId === id) &&
      (name === undefined || store.CustomKeyStoreName === name),
  );
  if (wanted.length === 0 && (id !== undefined || name !== undefined)) {
    throw customKeyStoreNotFound(id ?? name ?? '');
  }
  return kmsPage('CustomKeyStores', wanted, call, limit);
}
