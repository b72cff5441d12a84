import type { Membership } from '../../lab/aws/iam/request.ts';

/** The accounts and organizations of every random world. Ids say who they are. */
export const owner = '100000000001';
/** Members of the owner's organization, in units of their own. */
export const sibling = '100000000002';
export const cousin = '100000000003';
/** A member directly under the root, in no policy: stands for the rest of the organization. */
export const member = '100000000004';
/** Outside; policies name them. Which organization they are in, no API of the owner tells. */
export const stranger = '999900001111';
export const vendor = '999900002222';
/** Outside, and in no policy: whoever lets one of them in lets in anyone. A wildcard of the mix means the first. */
export const passersBy: readonly string[] = ['999900003333', '777700004444'];

export const members = [owner, sibling, cousin, member] as const;
export const outsiders = [stranger, vendor, ...passersBy];

export const ours = 'o-ours000001';
/** In policies. */
export const theirs = 'o-theirs0001';
/** In no policy. */
export const nobodys = 'o-nobodys001';

/** `aws:PrincipalOrgPaths` of the members, as Organizations tells the owner. */
export const paths: Readonly<Record<string, string>> = {
  [owner]: `${ours}/r-ab12/ou-ab12-data0001/`,
  [sibling]: `${ours}/r-ab12/ou-ab12-comp0001/`,
  [cousin]: `${ours}/r-ab12/ou-ab12-comp0001/ou-ab12-deep0001/ou-ab12-last0001/`,
  [member]: `${ours}/r-ab12/`,
};

/** The memberships that an account may have. Of members there is one; an outsider may be in any other or none. */
export function membershipsOf(account: string): readonly Membership[] {
  const path = paths[account];
  if (path !== undefined) return [{ organization: ours, path }];
  const inside = (organization: string) => ({
    organization,
    path: `${organization}/r-zz99/ou-zz99-x0000001/`,
  });
  return [null, inside(theirs), inside(nobodys)];
}

export const region = 'eu-west-1';
export const keyArn = `arn:aws:kms:${region}:${owner}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
export const otherKeyArn = `arn:aws:kms:${region}:${owner}:key/99999999-12ab-34cd-56ef-1234567890ab`;
export const bucketArn = 'arn:aws:s3:::lake';
export const queueArn = `arn:aws:sqs:${region}:${owner}:orders`;
export const snapshotArn = `arn:aws:ec2:${region}:${owner}:snapshot/snap-0123456789abcdef0`;
