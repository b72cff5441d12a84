import { required } from '../../aws/answer.ts';
import { parseArn } from '../../aws/arn.ts';
import { slim } from '../../aws/client.ts';
import { AwsError, type CallSite } from '../../aws/error.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';
import { serviceCalls } from '../../aws/service-calls.ts';

/** AWS RAM as seen from one scope. */
export interface RamReads {
  /**
   * Ids of the KMS keys of this account and region that are in resource shares of its own, whatever their status: a
   * share that is not through yet, or that failed, may have left a policy all the same. RAM may lag behind what it
   * did. Rejects with AwsError only.
   */
  sharedKeyIds(): Promise<ReadonlySet<string>>;
}

/** Most that AWS gives in one page (RAM API reference, 2026-11-28). */
const maxResults = 500;

/** What RAM would have told is asked of KMS in its place: nothing waits long for it, where it is not there at all. */
const maxRetries = 3;

export function ramReads(access: ScopeAccess): RamReads {
  const operation = 'ram:ListResources';
  const site = access.site(operation);
  return {
    async sharedKeyIds() {
      const { list } = serviceCalls(access, async (config) => {
        const sdk = await import('@aws-sdk/client-ram');
        return { sdk, client: slim(new sdk.RAMClient(config)) };
      });
      const ids = new Set<string>();
      // Pages may be empty while more follow; only one without a token is the last.
      const listing = list<string>(
        operation,
        // A resource comes once for each share that it is in.
        (arn) => arn,
        (nextToken) =>
          async ({ sdk, client }, options) => {
            const command = new sdk.ListResourcesCommand({ resourceOwner: 'SELF', maxResults, nextToken });
            const output = await client.send(command, options);
            const resources = required(output.resources, 'resources', site);
            return { items: resources.map(({ arn }) => required(arn, 'arn', site)), next: output.nextToken };
          },
        { maxRetries },
      );
      for await (const page of listing) {
        for (const arn of page) {
          const id = ownKeyId(arn, access, site);
          if (id !== null) ids.add(id);
        }
      }
      return ids;
    },
  };
}

/**
 * Null for other services' resources and for other regions. Keys are told by their ARN, since AWS does not document
 * the type that RAM gives them (read 2026-11-28).
 * @throws AwsError for something of KMS that is no key
 */
function ownKeyId(text: string, { accountId, region }: ScopeAccess, site: CallSite): string | null {
  const arn = parseArn(text);
  if (arn?.service !== 'kms' || arn.region !== region || arn.accountId !== accountId) return null;
  const id = /^key\/(.+)$/.exec(arn.resource)?.[1];
  if (id === undefined) throw new AwsError('malformed_answer', 'no_key', site, `${text} is no key`);
  return id;
}
