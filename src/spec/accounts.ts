import * as z from 'zod/mini';
import {
  documented,
  type KeyDoc,
  key,
  list,
  listKey,
  text,
  textKey,
  textOrEmpty,
  withoutEffect,
} from './field.ts';
import * as format from './text-format.ts';

/** A list of regions, or `*` alone: CloudQuery's only wildcard. */
const regionNames = list(text(format.regionOrAll), 'a list of regions').check(
  z.refine((names) => !names.includes('*') || names.length === 1, {
    error: 'either names of regions or "*" alone',
  }),
);

const notStarWithOthers = { not: { type: 'array', contains: { const: '*' }, minItems: 2 } };

/** A key with such a list. */
export function regionsKey(doc: KeyDoc & { readonly default?: string[] }) {
  return listKey(regionNames, { ...doc, jsonSchema: notStarWithOthers });
}

const credentials = {
  role_arn: textKey(format.roleArn, {
    doc: 'Role to assume, with the credentials of `local_profile` or the default ones.',
    example: 'arn:aws:iam::111122223333:role/posture',
  }),
  role_session_name: textKey(format.roleSessionName, {
    doc: 'Session name under which the role is assumed; `cloudquery-aws-encryption` when left out.',
    example: 'cloudquery',
  }),
  external_id: textKey(format.externalId, {
    doc: "External id that the role's trust policy asks for. It is never logged.",
    example: 'x1',
    isSecret: true,
  }),
  local_profile: textKey(format.name, {
    doc: 'Profile of the AWS configuration files; the default credentials when left out.',
    example: 'security',
  }),
  default_region: textKey(format.region, {
    doc: "Region that is asked first for what any region answers: roles, enabled regions, buckets; the environment's, the profile's or the partition's first when left out.",
    example: 'us-east-1',
  }),
};

/** One entry of `accounts`. */
export const account = z.strictObject(
  {
    id: documented(text(format.accountLabel), {
      doc: 'Label of the account, usually its id. The account that is read is the one that the credentials turn out to be.',
      example: '111122223333',
    }),
    account_name: textKey(format.name, { doc: 'Name of the account in rows.', example: 'data' }),
    ...credentials,
    regions: regionsKey({
      doc: 'Regions of this account, in place of the top-level `regions`.',
      example: ['us-east-1'],
    }),
  },
  { error: 'a mapping with the keys of an account' },
);

/** `admin_account` and `member_trusted_principal`: CloudQuery's source takes them without an id. */
const trustedAccount = z.strictObject(
  {
    id: key(withoutEffect(textOrEmpty(format.accountLabel)), {
      doc: 'A label without effect.',
      example: '444455556666',
    }),
    account_name: key(withoutEffect(textOrEmpty(format.name)), {
      doc: 'A label without effect.',
      example: 'management',
    }),
    ...credentials,
    regions: key(withoutEffect(regionNames), {
      doc: 'Without effect: `org.member_regions` says which regions are read.',
      example: ['us-east-1'],
      jsonSchema: notStarWithOthers,
    }),
  },
  { error: 'a mapping that says how to get credentials, such as `role_arn` or `local_profile`' },
);

const organizationalUnits = () => list(text(format.organizationalUnit), 'a list of organizational units');

/** The `org` block. */
export const organization = z.strictObject(
  {
    admin_account: key(trustedAccount, {
      doc: 'How to reach the management account or a delegated administrator; the default credentials when left out.',
      example: { local_profile: 'management' },
    }),
    member_trusted_principal: key(trustedAccount, {
      doc: 'Who assumes the member role; the credentials of `admin_account` when left out.',
      example: { role_arn: 'arn:aws:iam::444455556666:role/audit' },
    }),
    member_role_name: documented(text(format.roleName), {
      doc: 'Role to assume in each member account: its name, not its ARN.',
      example: 'cloudquery-aws-encryption-member',
    }),
    member_role_session_name: textKey(format.roleSessionName, {
      doc: 'Session name under which the member role is assumed; `cloudquery-aws-encryption` when left out.',
      example: 'cloudquery',
    }),
    member_external_id: textKey(format.externalId, {
      doc: "External id that the member role's trust policy asks for. It is never logged.",
      example: 'x1',
      isSecret: true,
    }),
    member_regions: regionsKey({
      doc: 'Regions of member accounts, in place of the top-level `regions`.',
      example: ['us-east-1', 'eu-central-1'],
    }),
    organization_units: listKey(organizationalUnits(), {
      doc: 'Organizational units and roots to read, with everything below them; the whole organization when left out or empty.',
      example: ['ou-ab12-11111111'],
    }),
    skip_organization_units: listKey(organizationalUnits(), {
      doc: 'Organizational units to leave out, with everything below them.',
      example: ['ou-ab12-22222222'],
    }),
    skip_member_accounts: listKey(list(text(format.accountId), 'a list of account ids'), {
      doc: 'Accounts to leave out, by id.',
      example: ['999900001111'],
    }),
  },
  { error: 'a mapping with the key `member_role_name`' },
);
