import { type Fields, requiredSome } from '../../aws/answer.ts';
import { type ApiCalls, apiCalls } from '../../aws/api-calls.ts';
import { parseArn } from '../../aws/arn.ts';
import { AwsError, type CallSite } from '../../aws/error.ts';
import { type RestInput, restJson } from '../../aws/json-protocols.ts';
import { collect } from '../../aws/paging.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';

/** What an account shares in one region, in resource shares of its own. */
export interface SharedByRam {
  /** Ids of its KMS keys. */
  readonly keyIds: ReadonlySet<string>;
  /** ARNs of all else. */
  readonly arns: ReadonlySet<string>;
}

/** AWS RAM as seen from one scope. */
export interface RamReads {
  /**
   * What this account and region share, whatever the status: a share that is not through yet, or that failed, may have
   * left a policy all the same. RAM may lag behind what it did. Rejects with AwsError only.
   */
  shared(): Promise<SharedByRam>;
  /**
   * With whom one of these is shared, by whatever share: ids of accounts, ARNs of organizations, organizational units,
   * roles and users, names of services. Rejects with AwsError only.
   */
  principalsOf(arn: string): Promise<readonly string[]>;
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
  return {
    async shared() {
      const operation = 'ram:ListResources';
      const keyIds = new Set<string>();
      const arns = new Set<string>();
      // A resource comes once for each share that it is in.
      for (const text of await listed(access, operation, 'resources', 'arn')) {
        const arn = parseArn(text);
        if (arn?.region !== access.region || arn.accountId !== access.accountId) continue;
        if (arn.service === 'kms') keyIds.add(keyId(arn.resource, access.site(operation)));
        else arns.add(text);
      }
      return { keyIds, arns };
    },

    async principalsOf(resourceArn) {
      const operation = 'ram:ListPrincipals';
      const principals = await listed(access, operation, 'principals', 'id', { resourceArn });
      // Asked for what RAM lists as shared: whom it does not name is not nobody.
      return [...new Set(requiredSome(principals, 'principals', access.site(operation)))].sort();
    },
  };
}

/** Of all pages; they may be empty while more follow: only one without a token is the last. */
function listed(
  access: ScopeAccess,
  operation: 'ram:ListResources' | 'ram:ListPrincipals',
  items: string,
  field: string,
  input: object = {},
): Promise<readonly string[]> {
  const { list }: ApiCalls<RestInput, Fields> = apiCalls(access, ramApi);
  const path = [operation.slice('ram:'.length).toLowerCase()];
  const pages = list<string>(
    operation,
    (text) => text,
    (nextToken) => ({ path, body: { resourceOwner: 'SELF', ...input, maxResults, nextToken } }),
    (answer) => ({
      items: answer.requiredObjects(items).map((item) => item.requiredText(field)),
      next: answer.text('nextToken'),
    }),
    { maxRetries },
  );
  return collect(pages);
}

/**
 * Keys are told by their ARN, since AWS does not document the type that RAM gives them (read 2026-11-28).
 * @throws AwsError for something of KMS that is no key
 */
function keyId(resource: string, site: CallSite): string {
  const id = /^key\/(.+)$/.exec(resource)?.[1];
  if (id === undefined) throw new AwsError('malformed_answer', 'no_key', site, `${resource} is no key`);
  return id;
}
