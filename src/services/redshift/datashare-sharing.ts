import { isAccountId, parseArn } from '../../aws/arn.ts';
import type { ResourceFacts, ResourceSharing } from '../../posture/resource/resource-facts.ts';
import type { DatashareConsumer } from './calls.ts';

/** What is told of whom a resource is shared with. */
type Shared = Pick<ResourceFacts, 'othersLetIn'> & { readonly sharing: ResourceSharing };

/**
 * Who has not been authorized, or no longer is (DataShareStatus, @aws-sdk/client-redshift 3.1169.0, read 2026-11-29). A
 * consumer that rejected a datashare is counted: AWS does not say that it cannot come back to it.
 */
const notAuthorized = new Set(['PENDING_AUTHORIZATION', 'DEAUTHORIZED']);

/** The UUID of a namespace of the same account. */
const namespace = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whom a datashare is shared with; consumers of the own account let in nobody else. */
export function datashareSharing(consumers: readonly DatashareConsumer[]): Shared {
  const authorized = consumers.filter(({ status }) => !notAuthorized.has(status));
  const names = [...new Set(authorized.map(({ consumer }) => consumer))];
  const others = names.filter((name) => !namespace.test(name) && accountOf(name) === null);
  return {
    sharing: {
      by: 'accounts',
      accountIds: [...new Set(names.flatMap((name) => accountOf(name) ?? []))].sort(),
      everybody: false,
    },
    othersLetIn: others.length === 0 ? undefined : others.map(reason).join(' and '),
  };
}

/** Null: it names no account. */
function accountOf(consumer: string): string | null {
  if (isAccountId(consumer)) return consumer;
  const { service, accountId = '' } = parseArn(consumer) ?? {};
  return service?.startsWith('redshift') && isAccountId(accountId) ? accountId : null;
}

function reason(consumer: string): string {
  if (consumer === 'ADX') return 'AWS Data Exchange gives it to its subscribers';
  if (/^DataCatalog|:glue:/.test(consumer))
    return 'Lake Formation decides on it, whose permissions are not read';
  return `it is shared with ${consumer}, which is not known`;
}
