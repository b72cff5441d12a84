import type { Fields } from '../../aws/answer.ts';
import { apiCalls } from '../../aws/api-calls.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';
import { iamApi } from './api.ts';
import type { AuthorizationPage, GroupDetail, ManagedPolicyDetail, RoleDetail, UserDetail } from './facts.ts';
import { groupDetail, managedPolicyDetail, roleDetail, userDetail } from './shapes.ts';

/** IAM as seen from one account. Rejects with AwsError only. */
export interface IamCalls {
  /** All users, groups and roles with their policies, and the managed policies that are attached or the account's own. */
  authorizationDetails(): AsyncIterable<AuthorizationPage>;
}

/** The most that AWS takes; without it a page has 100 (API reference of IAM, read 2026-11-29). */
const MaxItems = 1000;
/** All there are: without a filter a page has them as well, yet what AWS adds one day is not asked for. */
const kinds = ['User', 'Role', 'Group', 'LocalManagedPolicy', 'AWSManagedPolicy'];

type Entry =
  | { readonly list: 'users'; readonly detail: UserDetail }
  | { readonly list: 'roles'; readonly detail: RoleDetail }
  | { readonly list: 'groups'; readonly detail: GroupDetail }
  | { readonly list: 'policies'; readonly detail: ManagedPolicyDetail };

/** @param access opened at the partition's home */
export function iamCalls(access: ScopeAccess): IamCalls {
  const { list } = apiCalls(access, iamApi);
  return {
    async *authorizationDetails() {
      const pages = list<Entry>(
        'iam:GetAccountAuthorizationDetails',
        ({ detail }) => detail.arn,
        (Marker) => ({ Filter: kinds, MaxItems, Marker }),
        (answer) => ({
          // It is in every answer, so that an answer of somebody else never says that there is nothing.
          truncated: answer.requiredBoolean('IsTruncated'),
          items: entriesOf(answer),
          next: answer.text('Marker'),
        }),
      );
      for await (const entries of pages) yield pageOf(entries);
    },
  };
}

function entriesOf(answer: Fields): readonly Entry[] {
  const read = (name: string) => answer.objects(name) ?? [];
  return [
    ...read('UserDetailList').map((each) => ({ list: 'users', detail: userDetail(each) }) as const),
    ...read('GroupDetailList').map((each) => ({ list: 'groups', detail: groupDetail(each) }) as const),
    ...read('RoleDetailList').map((each) => ({ list: 'roles', detail: roleDetail(each) }) as const),
    ...read('Policies').map((each) => ({ list: 'policies', detail: managedPolicyDetail(each) }) as const),
  ];
}

const pageOf = (entries: readonly Entry[]): AuthorizationPage => ({
  users: entries.flatMap((entry) => (entry.list === 'users' ? [entry.detail] : [])),
  roles: entries.flatMap((entry) => (entry.list === 'roles' ? [entry.detail] : [])),
  groups: entries.flatMap((entry) => (entry.list === 'groups' ? [entry.detail] : [])),
  policies: entries.flatMap((entry) => (entry.list === 'policies' ? [entry.detail] : [])),
});
