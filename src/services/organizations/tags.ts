import { required } from '../../aws/answer.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';
import { organizationsClient } from './client.ts';

/** What is asked of the tags of accounts: by the management account and delegated administrators. */
export interface OrganizationTags {
  /** Tag key → value; empty: AWS says that the account has none. Rejects with AwsError only. */
  ofAccount(accountId: string): Promise<Readonly<Record<string, string>>>;
}

export function organizationTags(access: ScopeAccess): OrganizationTags {
  const { list } = organizationsClient(access);
  return {
    async ofAccount(accountId) {
      const tags = await list(
        'ListTagsForResource',
        async ({ sdk, client }, { NextToken }, options, site) => {
          // It takes no size of a page.
          const input = { ResourceId: accountId, ...(NextToken !== undefined && { NextToken }) };
          const output = await client.send(new sdk.ListTagsForResourceCommand(input), options);
          const items = required(output.Tags, 'Tags', site).map((tag) => ({
            key: required(tag.Key, 'Key', site),
            value: required(tag.Value, 'Value', site),
          }));
          return { items, next: output.NextToken };
        },
        (tag) => tag.key,
      );
      return Object.fromEntries(tags.map(({ key, value }) => [key, value]));
    },
  };
}
