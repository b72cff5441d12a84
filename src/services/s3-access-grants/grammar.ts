import { s3 } from '../../posture/access/s3.ts';
import {
  type Access,
  type ActionRule,
  across,
  acrossContents,
  actionTable,
  noEffect,
  noOwnKeys,
  own,
  type ServiceGrammar,
} from '../../posture/policy/grammar.ts';

/** The policy of an instance is for itself, its locations and its grants: not for buckets, access points and the like. */
const withoutEffect: Readonly<Record<string, ActionRule>> = Object.fromEntries(
  Object.keys(s3.actions).map((name) => [name, noEffect]),
);

/**
 * S3 Access Grants in the policy of an instance (Service Authorization Reference, "Amazon S3"). Whoever asks it for
 * credentials needs s3:GetDataAccess, from another account by this policy (S3 user guide, "S3 Access Grants
 * cross-account access"). Of GetAccessGrantsInstance AWS says that it "is not supported for cross-account access" (S3 API
 * reference); of the others it does not say which it keeps from other accounts, so that each is judged as one that is
 * honoured. All read 2026-11-29.
 */
export const instanceGrammar: ServiceGrammar = {
  service: 's3',
  actions: {
    ...withoutEffect,
    ...actionTable(
      [
        across('list'),
        'ListAccessGrants ListAccessGrantsLocations ListCallerAccessGrants GetAccessGrantsInstanceForPrefix',
      ],
      [across('read_metadata'), 'GetDataAccess GetAccessGrantsInstanceResourcePolicy'],
      [own('read_metadata'), 'GetAccessGrantsInstance'],
      [acrossContents('read_metadata'), 'GetAccessGrant GetAccessGrantsLocation'],
      [
        across('administer'),
        `AssociateAccessGrantsIdentityCenter DeleteAccessGrantsInstance DeleteAccessGrantsInstanceResourcePolicy
         DissociateAccessGrantsIdentityCenter PutAccessGrantsInstanceResourcePolicy`,
      ],
      [
        acrossContents('administer'),
        `CreateAccessGrant CreateAccessGrantsLocation DeleteAccessGrant DeleteAccessGrantsLocation
         UpdateAccessGrantsLocation`,
      ],
    ),
  },
  ...noOwnKeys,
  callerChoice: s3.callerChoice,
  anonymous: false,
};

/** The same policy, as it decides about a grant. @param access what the grant is for */
export const grantGrammar = (access: Access, also?: Access): ServiceGrammar => ({
  ...instanceGrammar,
  actions: {
    ...withoutEffect,
    GetDataAccess: { access, acrossAccounts: true, on: 'resource', ...(also && { also }) },
  },
});
