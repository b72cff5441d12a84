/** The kinds of policy that AWS names when it denies a call (IAM user guide, "Troubleshoot access denied error messages"). */
const kinds = [
  'service control policy',
  'resource control policy',
  'permissions boundary',
  'session policy',
  'VPC endpoint policy',
  'resource-based policy',
  'role trust policy',
  'identity-based policy',
] as const;
type PolicyKind = (typeof kinds)[number];

/** The policy that AWS says denied a call, and how: by a Deny in it, or because nothing in it allows the action. */
export interface Denial {
  readonly policy: PolicyKind;
  readonly isExplicit: boolean;
  /** `p-…`, of an organization policy that AWS names: to accounts of the organization only, and not by every service. */
  readonly policyId: string | null;
}

const sentence = new RegExp(
  `\\b(explicit deny in (?:an?|the) |because no )(${kinds.join('|')})\\b(?:: arn:[\\w-]+:organizations:\\S+/(p-\\w+))?`,
  'i',
);

/** What AWS's sentence says of a denied call; null where it names no policy: not every service does. */
export function denialOf(text: string): Denial | null {
  const [, how = '', named = '', policyId = null] = sentence.exec(text) ?? [];
  const policy = kinds.find((kind) => kind.toLowerCase() === named.toLowerCase());
  return policy === undefined ? null : { policy, isExplicit: how.startsWith('explicit'), policyId };
}

/** Whether the caller's side denied: another call of the same caller, in another region, may be allowed. */
export const isOfCaller = ({ policy }: Denial): boolean =>
  policy !== 'resource-based policy' && policy !== 'role trust policy';

/** Whether a policy of the organization denied: no IAM policy of the account helps. */
export const isOfOrganization = ({ policy }: Denial): boolean =>
  policy === 'service control policy' || policy === 'resource control policy';

/** What helps, by the policy: what is changed elsewhere changes nothing. */
const remedies: Readonly<Record<PolicyKind, { readonly explicit: string; readonly implicit: string }>> = {
  'service control policy': {
    explicit: 'have the organization exempt the role from that service control policy',
    implicit:
      'have the organization allow the action by a service control policy at every level above the account',
  },
  'resource control policy': {
    explicit: 'have the organization exempt the role from that resource control policy',
    implicit:
      'have the organization allow the action by a resource control policy at every level above the account',
  },
  'permissions boundary': {
    explicit: "take the action out of the Deny in the role's permissions boundary",
    implicit: "allow the action in the role's permissions boundary, too",
  },
  'session policy': {
    explicit: 'take the action out of the Deny in the session policy that the credentials were issued with',
    implicit:
      'allow the action in the session policy that the credentials were issued with, or issue them without',
  },
  'VPC endpoint policy': {
    explicit: 'exempt the role in the VPC endpoint policy of the network that the plugin runs in',
    implicit: 'allow the action in the VPC endpoint policy of the network that the plugin runs in',
  },
  'resource-based policy': {
    explicit: "exempt the role in the resource-based policy (a key's key policy, a bucket's bucket policy)",
    implicit: "allow the role in the resource-based policy (a key's key policy, a bucket's bucket policy)",
  },
  'role trust policy': {
    explicit: 'exempt the caller in the role trust policy of the role that is assumed',
    implicit: 'let the role trust policy of the role that is assumed trust the caller, with its external id',
  },
  'identity-based policy': {
    explicit: 'take the action out of the Deny in the identity-based policy (IAM) of the role',
    implicit: 'allow the action in an identity-based policy (IAM) of the role',
  },
};

/** The one thing to do about a denied call that can help. */
export function remedyOf({ policy, isExplicit, policyId }: Denial): string {
  const remedy = remedies[policy][isExplicit ? 'explicit' : 'implicit'];
  return policyId === null ? remedy : remedy.replace(`that ${policy}`, `${policy} ${policyId}`);
}
