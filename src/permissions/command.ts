import { messageOf } from '../postgres/failure.ts';
import { selectTables } from '../table-choice.ts';
import type { Table } from '../tables/table.ts';
import { defineVerb, UsageError } from '../verb.ts';
import { accountPolicy, type IamPolicy, memberPolicy, organizationPolicy } from './policy.ts';

const usage = `Usage: permissions [--for member] [--tables "aws_encryption_*"] [--skip-tables …] [--member-role NAME]

Prints the least IAM policy with which the tables can be read, as JSON.

  --for          member (default): the role that is assumed in each account of an organization
                 organization: the credentials that list the organization and assume that role
                 account: the credentials of one account that is read by itself
  --tables       names and patterns, separated by commas, as in the spec; default: all tables
  --skip-tables  the same for tables to leave out
  --member-role  with --for organization: the role's name; default: OrganizationAccountAccessRole
  --partition    with --for organization: aws (default), aws-cn, aws-us-gov, …
  --help         this text

Exit codes: 0 done, 64 wrong arguments.
`;

/** The verb `permissions`. */
export const permissions = defineVerb({
  usage,
  options: {
    for: { type: 'string', default: 'member' },
    tables: { type: 'string', default: '*' },
    'skip-tables': { type: 'string', default: '' },
    'member-role': { type: 'string', default: 'OrganizationAccountAccessRole' },
    partition: { type: 'string', default: 'aws' },
  },
  read(values) {
    const role = `arn:${values.partition}:iam::*:role/${values['member-role']}`;
    return policyFor(values.for, tablesOf(values.tables, values['skip-tables']), role);
  },
  async run(policy) {
    process.stdout.write(`${JSON.stringify(policy, null, 2)}\n`);
    return 0;
  },
});

function policyFor(whom: string, tables: readonly Table[], memberRole: string): IamPolicy {
  switch (whom) {
    case 'member':
      return memberPolicy(tables);
    case 'organization':
      return organizationPolicy(tables, memberRole);
    case 'account':
      return accountPolicy(tables);
    default:
      throw new UsageError(`--for ${whom} is none of member, organization, account.`);
  }
}

function tablesOf(include: string, skip: string): readonly Table[] {
  const names = (text: string) => text.split(',').filter((name) => name !== '');
  try {
    return selectTables({ tables: names(include), skipTables: names(skip), skipDependentTables: false });
  } catch (error) {
    throw new UsageError(messageOf(error));
  }
}
