import { failure, jsonFailures } from '../failures.ts';
import { text } from '../protocol/input.ts';
import { jsonWire } from '../protocol/json.ts';
import { ApiError, type Output } from '../protocol/wire.ts';
import type { Call, Operation, Service } from '../service.ts';
import * as answers from './organizations/answers.ts';

/** AWS Organizations. */
export const organizations: Service = {
  name: 'organizations',
  signingName: 'organizations',
  wire: jsonWire({ target: 'AWSOrganizationsV20161128', version: '1.1', messageField: 'Message' }),
  isGlobal: true,
  failures: {
    ...jsonFailures,
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
    DescribeOrganization: member('DescribeOrganization', answers.describeOrganization),
    ListAccounts: administrator('ListAccounts', answers.listAccounts),
    ListAccountsForParent: administrator('ListAccountsForParent', answers.listAccountsForParent),
    ListRoots: administrator('ListRoots', answers.listRoots),
    ListOrganizationalUnitsForParent: administrator(
      'ListOrganizationalUnitsForParent',
      answers.listOrganizationalUnitsForParent,
    ),
    ListChildren: administrator('ListChildren', answers.listChildren),
    ListParents: administrator('ListParents', answers.listParents),
    DescribeAccount: administrator('DescribeAccount', answers.describeAccount),
    DescribeOrganizationalUnit: administrator(
      'DescribeOrganizationalUnit',
      answers.describeOrganizationalUnit,
    ),
    ListDelegatedAdministrators: administrator(
      'ListDelegatedAdministrators',
      answers.listDelegatedAdministrators,
    ),
  },
  resourceOf: (input) => text(input, 'AccountId') ?? text(input, 'ParentId') ?? text(input, 'ChildId'),
};

/** Any account of the organization may call it. */
function member(action: string, answer: (call: Call) => Output): Operation {
  return {
    action,
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
function administrator(action: string, answer: (call: Call) => Output): Operation {
  return member(action, (call) => {
    const { managementAccountId, delegatedAdministrators } = call.world.organization;
    const { accountId } = call.caller;
    if (accountId !== managementAccountId && !delegatedAdministrators.has(accountId)) {
      throw failure(organizations, 'access_denied');
    }
    return answer(call);
  });
}
