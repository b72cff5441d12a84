import { failure } from '../failures.ts';
import { text } from '../protocol/input.ts';
import { jsonWire } from '../protocol/json.ts';
import { ApiError, type Output } from '../protocol/wire.ts';
import type { Call, Operation, Service } from '../service.ts';
import * as answers from './organizations/answers.ts';
import * as policies from './organizations/policies.ts';

/** AWS Organizations. */
export const organizations: Service = {
  name: 'organizations',
  wire: jsonWire({ target: 'AWSOrganizationsV20161128', version: '1.1', messageField: 'Message' }),
  isGlobal: true,
  failures: {
    invalid_input: [400, 'InvalidInputException', 'You specified an invalid value.'],
    access_denied: [400, 'AccessDeniedException', "You don't have permissions to access this resource."],
    throttled: [
      400,
      'TooManyRequestsException',
      'You have sent too many requests in too short a period of time. Try again later.',
    ],
    internal: [
      500,
      'ServiceException',
      'AWS Organizations cannot complete your request because of an internal service error. Try again later.',
    ],
  },
  operations: {
    DescribeOrganization: member(answers.describeOrganization),
    ListAccounts: listing(answers.listAccounts),
    ListAccountsForParent: listing(answers.listAccountsForParent),
    ListRoots: listing(answers.listRoots),
    ListOrganizationalUnitsForParent: listing(answers.listOrganizationalUnitsForParent),
    ListChildren: listing(answers.listChildren),
    ListParents: listing(answers.listParents),
    DescribeAccount: administrator(answers.describeAccount),
    DescribeOrganizationalUnit: administrator(answers.describeOrganizationalUnit),
    ListDelegatedAdministrators: listing(answers.listDelegatedAdministrators),
    // The one listing whose pages take no size.
    ListTagsForResource: { ...administrator(answers.listTagsForResource), paging: { token: 'NextToken' } },
    ListPolicies: listing(policies.listPolicies),
    DescribePolicy: administrator(policies.describePolicy),
    ListTargetsForPolicy: listing(policies.listTargetsForPolicy),
  },
  resourceOf: (input) =>
    text(input, 'AccountId') ??
    text(input, 'ParentId') ??
    text(input, 'ChildId') ??
    text(input, 'PolicyId') ??
    text(input, 'ResourceId') ??
    text(input, 'Filter'),
};

/** Any account of the organization may call it. */
function member(answer: (call: Call) => Output): Operation {
  return {
    run(call) {
      if (call.world.organization.id === null || call.account.parentId === null) {
        throw new ApiError(
          400,
          'AWSOrganizationsNotInUseException',
          'Your account is not a member of an organization.',
        );
      }
      return answer(call);
    },
  };
}

/** Only the management account and delegated administrators may call it. */
function administrator(answer: (call: Call) => Output): Operation {
  return member((call) => {
    const { managementAccountId, delegatedAdministrators } = call.world.organization;
    const { accountId } = call.caller;
    if (accountId !== managementAccountId && !delegatedAdministrators.has(accountId)) {
      throw failure(organizations, 'access_denied');
    }
    return answer(call);
  });
}

function listing(answer: (call: Call) => Output): Operation {
  return { ...administrator(answer), paging: { size: 'MaxResults', token: 'NextToken' } };
}
