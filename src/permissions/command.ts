import { messageOf } from '../postgres/failure.ts';
import { services } from '../services/catalogue.ts';
import { everyService, servicesByDefault, servicesIn } from '../services/choice.ts';
import { releasedVersions } from '../services/releases.ts';
import { hintFor } from '../spec/resource-services.ts';
import { selectTables } from '../table-choice.ts';
import type { Table } from '../tables/table.ts';
import { defineVerb, listed, UsageError } from '../verb.ts';
import { accountPolicy, type IamPolicy, memberPolicy, organizationPolicy, policySince } from './policy.ts';

const usage = `Usage: permissions [--for member] [--tables "aws_encryption_*"] [--services "*"] [--since VERSION]

Prints the least IAM policy with which the tables can be read, as JSON.

  --for          member (default): the role that is assumed in each account of an organization
                 organization: the credentials that list the organization and assume that role
                 account: the credentials of one account that is read by itself
  --tables       names and patterns, separated by commas, as in the spec; default: all tables
  --skip-tables  the same for tables to leave out
  --services     services whose resources are read, separated by commas, as in the spec's resource_services: "*" for
                 all; default: those that are read where the spec does not choose
  --since        only what a role lacks that was made for all tables of this version, such as 0.1.0
  --member-role  with --for organization: the role's name; default: cloudquery-aws-encryption-member
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
    services: { type: 'string', default: '' },
    since: { type: 'string' },
    'member-role': { type: 'string', default: 'cloudquery-aws-encryption-member' },
    partition: { type: 'string', default: 'aws' },
  },
  read(values) {
    const role = `arn:${values.partition}:iam::*:role/${values['member-role']}`;
    const chosen = {
      tables: tablesOf(values.tables, values['skip-tables']),
      services: servicesOf(values.services),
    };
    const policy = policyFor(values.for, chosen, role);
    return differenceOf(policy, values.since ?? null);
  },
  async run({ policy, nothing }) {
    if (nothing !== null) process.stderr.write(`${nothing}\n`);
    process.stdout.write(`${JSON.stringify(policy, null, 2)}\n`);
    return 0;
  },
});

/** What is read with the permissions. */
interface Chosen {
  readonly tables: readonly Table[];
  readonly services: readonly string[];
}

function policyFor(whom: string, { tables, services }: Chosen, memberRole: string): IamPolicy {
  switch (whom) {
    case 'member':
      return memberPolicy(tables, services);
    case 'organization':
      return organizationPolicy(tables, memberRole, services);
    case 'account':
      return accountPolicy(tables, services);
    default:
      throw new UsageError(`--for ${whom} is none of member, organization, account.`);
  }
}

function servicesOf(text: string): readonly string[] {
  const written = listed(text);
  const unknown = written.find((name) => name !== everyService && !services.includes(name));
  if (unknown !== undefined)
    throw new UsageError(`--services has ${unknown}, which is no service; ${hintFor(unknown)}`);
  return written.length === 0 ? servicesByDefault : servicesIn(written);
}

/** What is printed, and what is said beside it where that allows nothing. */
interface Printed {
  readonly policy: IamPolicy;
  readonly nothing: string | null;
}

/** @param version null: the whole policy */
function differenceOf(whole: IamPolicy, version: string | null): Printed {
  if (version === null) return { policy: whole, nothing: null };
  const policy = policySince(whole, knownVersion(version));
  const lacksNothing = policy.Statement.length === 0;
  return { policy, nothing: lacksNothing ? `A role of ${version} lacks nothing for these tables.` : null };
}

function knownVersion(version: string): string {
  if (releasedVersions.includes(version)) return version;
  throw new UsageError(
    `--since ${version} is no version whose roles are known; known: ${releasedVersions.join(', ')}.`,
  );
}

function tablesOf(include: string, skip: string): readonly Table[] {
  try {
    return selectTables({ tables: listed(include), skipTables: listed(skip), skipDependentTables: false });
  } catch (error) {
    throw new UsageError(messageOf(error));
  }
}
