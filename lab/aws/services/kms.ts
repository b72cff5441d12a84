import { jsonFailures } from '../failures.ts';
import { text } from '../protocol/input.ts';
import { jsonWire } from '../protocol/json.ts';
import type { Input, Output } from '../protocol/wire.ts';
import type { Call, Operation, Service } from '../service.ts';
import {
  describeCustomKeyStores,
  describeKey,
  getKeyLastUsage,
  getKeyPolicy,
  listGrants,
  listKeyPolicies,
  listResourceTags,
} from './kms/facets.ts';
import { listAliases, listKeys } from './kms/listings.ts';
import { getKeyRotationStatus, listKeyRotations } from './kms/rotation.ts';

const operations: Record<string, (call: Call) => Output> = {
  ListKeys: listKeys,
  ListAliases: listAliases,
  DescribeKey: describeKey,
  GetKeyPolicy: getKeyPolicy,
  ListKeyPolicies: listKeyPolicies,
  ListGrants: listGrants,
  ListResourceTags: listResourceTags,
  GetKeyRotationStatus: getKeyRotationStatus,
  ListKeyRotations: listKeyRotations,
  GetKeyLastUsage: getKeyLastUsage,
  DescribeCustomKeyStores: describeCustomKeyStores,
};

/** AWS Key Management Service. */
export const kms: Service = {
  name: 'kms',
  signingName: 'kms',
  wire: jsonWire({ target: 'TrentService', version: '1.1' }),
  failures: {
    ...jsonFailures,
    throttled: [
      400,
      'ThrottlingException',
      'You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.',
    ],
    internal: [500, 'KMSInternalException', 'An internal error occurred in KMS'],
  },
  operations: Object.fromEntries(
    Object.entries(operations).map(([name, run]): [string, Operation] => [name, { action: name, run }]),
  ),
  resourceOf: keyIdIn,
};

/** The bare key id of `KeyId`, whether that is an id or an ARN. */
function keyIdIn(input: Input): string | undefined {
  const reference = text(input, 'KeyId');
  return reference === undefined
    ? undefined
    : reference.slice(reference.indexOf('key/') === -1 ? 0 : reference.indexOf('key/') + 4);
}
