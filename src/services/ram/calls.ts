import { apiCalls } from '../../aws/api-calls.ts';
import { parseArn } from '../../aws/arn.ts';
import { AwsError, type CallSite } from '../../aws/error.ts';
import { restJson } from '../../aws/json-protocols.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';

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

export const ramApi = {
  signingName: 'ram',
  endpoint: { prefix: 'ram', serviceId: 'RAM', fipsAnyway: ['aws-us-gov'] },
  protocol: restJson,
};

export function ramReads(access: ScopeAccess): RamReads {
  const operation = 'ram:ListResources';
  return {
    async sharedKeyIds() {
      const { list } = apiCalls(access, ramApi);
      const ids = new Set<string>();
      // Pages may be empty while more follow; only one without a token is the last.
      const listing = list<string>(
        operation,
        // A resource comes once for each share that it is in.
        (arn) => arn,
        (nextToken) => ({
          path: ['listresources'],
          body: { resourceOwner: 'SELF', maxResults, nextToken },
        }),
        (answer) => ({
          items: answer.requiredObjects('resources').map((resource) => resource.requiredText('arn')),
          next: answer.text('nextToken'),
        }),
        { maxRetries },
      );
      for await (const page of listing) {
        for (const arn of page) {
          const id = ownKeyId(arn, access, access.site(operation));
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
