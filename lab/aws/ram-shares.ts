import { regionOf } from './build.ts';
import type { SimAccount, SimKey, SimOrganization, SimResourceShare } from './model.ts';
import { organizationsArn, pathTo } from './services/organizations/shapes.ts';

/** A key in a resource share, and how far RAM is with it. */
interface ShareOptions {
  readonly name?: string;
  /** AVAILABLE | PENDING | LIMIT_EXCEEDED | UNAVAILABLE | … */
  readonly status?: string;
  /** False: RAM does not list it, as shortly after a share was made. */
  readonly listed?: boolean;
}

/**
 * Shares a key by AWS RAM with accounts (12 digits), roles (ARNs), organizational units and organizations (ARNs, see
 * `unitArn` and `organizationArn`), and gives it the key policy `AWS_RAM` that follows. What AWS writes there is not
 * documented (2026-11-28): the document is the simulation's own.
 */
export function shareKey(
  organization: SimOrganization,
  key: SimKey,
  principals: readonly string[],
  { name = 'keys', status = 'AVAILABLE', listed = true }: ShareOptions = {},
): SimResourceShare {
  const { AWSAccountId: accountId, Arn: arn } = key.metadata;
  const region = arn.split(':')[3] as string;
  const { partition } = organization;
  const { resourceShares } = regionOf(organization.accounts.get(accountId) as SimAccount, region);
  const share: SimResourceShare = {
    arn: `arn:${partition}:ram:${region}:${accountId}:resource-share/${name}-${resourceShares.length}`,
    principals: [...principals],
    resources: [{ arn, type: 'kms:Key', status, listed }],
  };
  resourceShares.push(share);
  organization.sharers.add(accountId);
  const all = resourceShares.filter(({ resources }) => resources.some((resource) => resource.arn === arn));
  key.ramPolicy = ramPolicy(organization, [...new Set(all.flatMap((each) => each.principals))]);
  return share;
}

/** Shares a resource that is no key, of an account and a region. */
export function shareResource(
  account: SimAccount,
  arn: string,
  principals: readonly string[],
  { name = 'resources', status = 'AVAILABLE', listed = true }: ShareOptions = {},
): SimResourceShare {
  const [, partition = '', service = '', region = ''] = arn.split(':');
  const { resourceShares } = regionOf(account, region);
  const share: SimResourceShare = {
    arn: `arn:${partition}:ram:${region}:${account.id}:resource-share/${name}-${resourceShares.length}`,
    principals: [...principals],
    resources: [{ arn, type: `${service}:Any`, status, listed }],
  };
  resourceShares.push(share);
  return share;
}

export const unitArn = (organization: SimOrganization, unitId: string): string =>
  organizationsArn(organization, 'ou', unitId);

export const organizationArn = (organization: SimOrganization): string =>
  organizationsArn(organization, 'organization');

/** Whether a share is with an account, by itself, by one of its organizational units or by its organization. */
export function isSharedWith(
  organization: SimOrganization,
  share: SimResourceShare,
  { id, parentId }: SimAccount,
): boolean {
  const path = parentId === null ? '' : pathTo(organization, parentId);
  return share.principals.some(
    (principal) =>
      principal === id ||
      principal.includes(`:iam::${id}:`) ||
      (path !== '' && principal === organizationArn(organization)) ||
      (principal.includes(':ou/') && path.includes(`/${principal.split('/').at(-1)}/`)),
  );
}

const useOfKey = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'];

function ramPolicy(organization: SimOrganization, principals: readonly string[]): string {
  const statement = (principal: string, index: number) => ({
    Sid: `RamShare${index}`,
    Effect: 'Allow',
    Action: useOfKey,
    Resource: '*',
    ...admitting(organization, principal),
  });
  return JSON.stringify({ Version: '2012-10-17', Statement: principals.map(statement) });
}

function admitting(organization: SimOrganization, principal: string): object {
  if (/^\d{12}$/.test(principal)) {
    return { Principal: { AWS: `arn:${organization.partition}:iam::${principal}:root` } };
  }
  if (!principal.includes(':organizations:')) return { Principal: { AWS: principal } };
  const id = principal.split('/').at(-1) as string;
  if (id.startsWith('o-')) {
    return { Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': id } } };
  }
  const path = `${pathTo(organization, id)}*`;
  return { Principal: '*', Condition: { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': [path] } } };
}
