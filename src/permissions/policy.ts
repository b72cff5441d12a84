import { membershipCalls } from '../organization/calls.ts';
import { iamActions } from '../services/iam-action.ts';
import type { Operation } from '../services/operations.ts';
import { wasNeeded } from '../services/releases.ts';
import type { Table } from '../tables/table.ts';
import { readingCalls, walkCalls } from './calls.ts';

/** A policy document of IAM, as far as this plugin needs its grammar. */
export interface IamPolicy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly PolicyStatement[];
}

export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: string;
}

/** For the role that is assumed in each account of an organization. */
export const memberPolicy = (tables: readonly Table[], services?: readonly string[]): IamPolicy =>
  document(reading(tables, services));

/** For the credentials of an account that is read by itself, without its organization. */
export const accountPolicy = (tables: readonly Table[], services?: readonly string[]): IamPolicy =>
  document(reading(tables, services), allow('ReadMembership', membershipCalls));

/**
 * For the credentials that list the organization, of the management account or of a delegated administrator: it
 * reads its own account with them, and assumes the role of all others.
 * @param memberRole the ARN of the role in all accounts: `arn:aws:iam::*:role/…`
 * @param services those whose resources are read; those by default
 */
export const organizationPolicy = (
  tables: readonly Table[],
  memberRole: string,
  services?: readonly string[],
): IamPolicy =>
  document(reading(tables, services), allow('ReadOrganization', walkCalls(tables)), {
    ...allow('AssumeMemberRole', ['sts:AssumeRole']),
    Resource: memberRole,
  });

/** What a role lacks that was made by a policy of a released version, for all tables. */
export const policySince = ({ Statement }: IamPolicy, version: string): IamPolicy =>
  document(
    ...Statement.map((statement) => ({
      ...statement,
      Action: statement.Action.filter((action) => !wasNeeded(version, action)),
    })),
  );

function document(...statements: readonly PolicyStatement[]): IamPolicy {
  return { Version: '2012-10-17', Statement: statements.filter(({ Action }) => Action.length > 0) };
}

const reading = (tables: readonly Table[], services?: readonly string[]): PolicyStatement =>
  allow('ReadEncryption', readingCalls(tables, services));

/** All reads are of whatever is there, so no resource is named. */
function allow(sid: string, operations: readonly Operation[]): PolicyStatement {
  return { Sid: sid, Effect: 'Allow', Action: iamActions(operations), Resource: '*' };
}
