import type { Fields } from '../../aws/answer.ts';
import { apiCalls } from '../../aws/api-calls.ts';
import { AwsError, isFailedRead } from '../../aws/error.ts';
import { awsJson } from '../../aws/json-protocols.ts';
import { collect } from '../../aws/paging.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';
import { ofOtherAccounts, ofThisPlace } from '../../aws/strays.ts';
import type { KeyListEntry } from './facts.ts';
import type { KmsReads } from './reads.ts';
import {
  aliasOf,
  customKeyStoreOf,
  grantOf,
  keyListEntryOf,
  keyMetadataOf,
  lastUsageOf,
  rotationOf,
  rotationStatusOf,
  tagOf,
} from './shapes.ts';

/** A KMS operation that lists, its list in the answer, and the most entries that AWS gives in one page. */
interface Listing<T> {
  readonly operation: string;
  readonly list: string;
  /** API reference, 2026-10-01. */
  readonly limit: number;
  readonly entry: (fields: Fields) => T;
  readonly identify: (entry: T) => string;
}

export const kmsApi = {
  signingName: 'kms',
  endpoint: { prefix: 'kms', serviceId: 'KMS' },
  protocol: awsJson('1.1', 'TrentService'),
};

/** KMS as seen from one scope. */
export function kmsReads(access: ScopeAccess): KmsReads {
  const calls = apiCalls(access, kmsApi);
  const call = <T>(name: string, input: object, read: (answer: Fields) => T): Promise<T> =>
    calls.call(`kms:${name}`, input, read);

  const list = <T>({ operation, list, limit, entry, identify }: Listing<T>, input: object = {}) =>
    calls.list<T>(
      `kms:${operation}`,
      identify,
      (Marker) => ({ ...input, Limit: limit, Marker }),
      (answer) => ({
        items: answer.requiredObjects(list).map(entry),
        next: answer.text('NextMarker'),
        truncated: answer.boolean('Truncated'),
      }),
    );

  return {
    listKeys: () =>
      ofThisPlace(access, list(keys), { operation: 'kms:ListKeys', what: 'keys', arn: keys.identify }),
    listKeysOfOthers: () =>
      ofOtherAccounts(access, list(keys, { ResourceOwners: [viaRam] }), {
        operation: 'kms:ListKeys',
        what: 'keys shared by other accounts',
        arn: keys.identify,
      }),
    listAliases: () =>
      ofThisPlace(access, list(aliases), {
        operation: 'kms:ListAliases',
        what: 'aliases',
        arn: aliases.identify,
      }),
    grants: (keyId) => list(grants, { KeyId: keyId }),
    customKeyStores: () => collect(list(customKeyStores)),
    rotations: (keyId, allMaterial) =>
      collect(
        list(rotations, { KeyId: keyId, ...(allMaterial ? { IncludeKeyMaterial: 'ALL_KEY_MATERIAL' } : {}) }),
      ),
    tags: async (keyId) => Object.fromEntries(await collect(list(tags, { KeyId: keyId }))),

    async describeKey(keyId) {
      refuseAlias(keyId, access);
      return call('DescribeKey', { KeyId: keyId }, (answer) =>
        keyMetadataOf(answer.requiredObject('KeyMetadata')),
      );
    },
    rotationStatus: (keyId) => call('GetKeyRotationStatus', { KeyId: keyId }, rotationStatusOf),
    policy: (keyId) =>
      call('GetKeyPolicy', { KeyId: keyId, PolicyName: 'default' }, (answer) =>
        answer.requiredText('Policy'),
      ),
    async ramPolicy(keyId) {
      try {
        return await call('GetKeyPolicy', { KeyId: keyId, PolicyName: ramPolicyName }, (answer) =>
          ramDocument(answer, access),
        );
      } catch (error) {
        if (!isFailedRead(error)) throw error;
        if (error.code === 'NotFoundException') return null;
        // Of which policy it is matters only where this read alone failed.
        if (error.site.operation !== 'kms:GetKeyPolicy') throw error;
        throw new AwsError(error.reason, error.code, error.site, `policy ${ramPolicyName}: ${error.detail}`);
      }
    },
    lastUsage: (keyId) => call('GetKeyLastUsage', { KeyId: keyId }, lastUsageOf),
  };
}

/** The name of the key policy that AWS RAM manages (KMS API of botocore 1.44.8, 2026-11-20). */
const ramPolicyName = 'AWS_RAM';
/** The owners whose keys ListKeys answers in place of the caller's own (same source). */
const viaRam = 'OTHER_ACCOUNTS_VIA_RAM';

/** AWS says which policy it answers. What does not know the name, such as an emulator, answers the other one. */
function ramDocument(answer: Fields, access: ScopeAccess): string {
  const name = answer.text('PolicyName');
  if (name !== null && name !== ramPolicyName) {
    const site = access.site('kms:GetKeyPolicy');
    throw new AwsError('malformed_answer', 'another_policy', site, `the answer is the policy ${name}`);
  }
  return answer.requiredText('Policy');
}

const keys: Listing<KeyListEntry> = {
  operation: 'ListKeys',
  list: 'Keys',
  limit: 1000,
  entry: keyListEntryOf,
  identify: (key) => key.arn,
};
const aliases = {
  operation: 'ListAliases',
  list: 'Aliases',
  limit: 100,
  entry: aliasOf,
  identify: (alias: ReturnType<typeof aliasOf>) => alias.arn,
};
const grants = {
  operation: 'ListGrants',
  list: 'Grants',
  limit: 100,
  entry: grantOf,
  identify: (grant: ReturnType<typeof grantOf>) => grant.grantId,
};
const tags = {
  operation: 'ListResourceTags',
  list: 'Tags',
  limit: 50,
  entry: tagOf,
  identify: ([key]: ReturnType<typeof tagOf>) => key,
};
const rotations = {
  operation: 'ListKeyRotations',
  list: 'Rotations',
  limit: 1000,
  entry: rotationOf,
  identify: (rotation: ReturnType<typeof rotationOf>) => JSON.stringify(rotation),
};
const customKeyStores = {
  operation: 'DescribeCustomKeyStores',
  list: 'CustomKeyStores',
  limit: 1000,
  entry: customKeyStoreOf,
  identify: (store: ReturnType<typeof customKeyStoreOf>) => store.id,
};

/** Describing a predefined alias that has no key yet creates one. */
function refuseAlias(keyId: string, access: ScopeAccess): void {
  if (/^[\w-]+$/.test(keyId) || /^arn:[^:]+:kms:[^:]*:[^:]*:key\/[\w-]+$/.test(keyId)) return;
  const site = access.site('kms:DescribeKey');
  throw new AwsError('invalid_request', 'not_a_key_id', site, 'a key is asked for by its id or key ARN only');
}
