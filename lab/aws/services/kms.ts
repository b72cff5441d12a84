import { text } from '../protocol/input.ts';
import { jsonWire } from '../protocol/json.ts';
import type { Input } from '../protocol/wire.ts';
import type { Operation, Service } from '../service.ts';
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
import { keyTarget } from './kms/target.ts';

const listing = (run: Operation['run']): Operation => ({
  paging: { size: 'Limit', token: 'Marker', next: 'NextMarker', more: 'Truncated' },
  run,
});

/** AWS Key Management Service. */
export const kms: Service = {
  name: 'kms',
  wire: jsonWire({ target: 'TrentService', version: '1.1' }),
  failures: {
    throttled: [
      400,
      'ThrottlingException',
      'You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.',
    ],
    internal: [500, 'KMSInternalException', 'An internal error occurred in KMS'],
  },
  operations: {
    ListKeys: listing(listKeys),
    ListAliases: listing(listAliases),
    DescribeKey: { run: describeKey },
    GetKeyPolicy: { run: getKeyPolicy },
    ListKeyPolicies: listing(listKeyPolicies),
    ListGrants: listing(listGrants),
    ListResourceTags: listing(listResourceTags),
    GetKeyRotationStatus: { run: getKeyRotationStatus },
    ListKeyRotations: listing(listKeyRotations),
    GetKeyLastUsage: { run: getKeyLastUsage },
    DescribeCustomKeyStores: listing(describeCustomKeyStores),
  },
  resourceOf: keyIdIn,
  target: keyTarget,
};

/** The bare key id of `KeyId`, whether that is an id or an ARN. */
function keyIdIn(input: Input): string | undefined {
  const reference = text(input, 'KeyId');
  return reference === undefined
    ? undefined
    : reference.slice(reference.indexOf('key/') === -1 ? 0 : reference.indexOf('key/') + 4);
}
