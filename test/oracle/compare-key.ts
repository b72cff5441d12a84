import type { Key } from '../../lab/aws/iam/key.ts';
import type { Comparison } from './comparison.ts';
import { documentsOf } from './direct.ts';
import { sharingByProduct } from './product.ts';
import { type Between, isAnyone, type LetIn, letInBetween, purposes } from './sharing.ts';
import { isTold } from './told.ts';
import { members } from './world.ts';

type Sharing = ReturnType<typeof sharingByProduct>;
const words = ['not_shared', 'organization', 'external', 'public'] as const;
export const rank = (word: string): number => words.indexOf(word as (typeof words)[number]);

export const isOutside = ({ account }: LetIn): boolean => !(members as readonly string[]).includes(account);

export function wordOf(letIn: readonly LetIn[]): (typeof words)[number] {
  if (letIn.some(isAnyone)) return 'public';
  if (letIn.some(isOutside)) return 'external';
  return letIn.length > 0 ? 'organization' : 'not_shared';
}

/** Holds the sharing columns of one key against the evaluator. */
export function compareKey(key: Key): Comparison {
  const sharing = sharingByProduct(key);
  if (key.manager === 'AWS') {
    const right = sharing.sharing === 'not_shareable';
    return { wrong: right ? [] : ['sharing: an AWS managed key'], leaning: 0, told: 0, unknown: 0 };
  }
  const between = letInBetween(key);
  const told = isTold(documentsOf(key)) && isOneAnswer(between);
  const wrong = [
    ...wrongWord(sharing, between),
    ...wrongAccounts(sharing, between),
    ...wrongRest(sharing, between),
  ];
  return {
    wrong,
    leaning: !isOneAnswer(between) && sharing.sharingComplete === true ? 1 : 0,
    told: told ? 1 : 0,
    unknown: told && sharing.sharingComplete !== true ? 1 : 0,
  };
}

export const isOneAnswer = ({ must, may }: Between): boolean =>
  must.length === may.length &&
  must.every(({ account, organization, purposes: can }) =>
    may.some(
      (other) =>
        other.account === account && other.organization === organization && other.purposes.size === can.size,
    ),
  );

function wrongWord({ sharing, sharingComplete }: Sharing, { must, may }: Between): readonly string[] {
  const least = wordOf(must);
  const most = wordOf(may);
  if (sharing === 'unknown') return [];
  if (rank(sharing) < 0) return [`sharing: no such word here: ${sharing}`];
  if (rank(sharing) > rank(most)) return [`sharing: too wide: ${sharing}, at most ${most}`];
  if (sharingComplete && rank(sharing) < rank(least))
    return [`sharing: too narrow: ${sharing}, at least ${least}`];
  return [];
}

/** Whoever is named can; and, where the answer is complete, whoever can is named, or an organization or all are. */
function wrongAccounts(
  { sharing, sharingComplete, sharedAccountIds, sharedOrganizationIds }: Sharing,
  { must, may }: Between,
): readonly string[] {
  const ids = sharedAccountIds ?? [];
  const organizations = sharedOrganizationIds ?? [];
  const extra = ids.filter((id) => !may.some(({ account }) => account === id));
  const extraOrganizations = organizations.filter(
    (id) => !may.some(({ organization }) => organization === id),
  );
  const missing = sharingComplete
    ? must.filter(
        ({ account, organization }) =>
          sharing !== 'public' &&
          !ids.includes(account) &&
          !(organization !== null && organizations.includes(organization)),
      )
    : [];
  return [
    ...extra.map((id) => `shared_account_ids: ${id} cannot`),
    ...extraOrganizations.map((id) => `shared_organization_ids: ${id} cannot`),
    ...missing.map(
      ({ account, organization }) =>
        `shared_account_ids: ${account} of ${organization ?? 'no organization'} is missing`,
    ),
  ];
}

function wrongRest(sharing: Sharing, { must, may }: Between): readonly string[] {
  const outside = sharing.sharedOutsideOrganization;
  const access = sharing.sharedAccess ?? [];
  const can = (letIn: readonly LetIn[], purpose: (typeof purposes)[number]) =>
    letIn.some((one) => one.purposes.has(purpose));
  return [
    ...(outside === true && !may.some(isOutside) ? ['shared_outside_organization: true'] : []),
    ...(outside === false && must.some(isOutside) ? ['shared_outside_organization: false'] : []),
    ...(outside === false && sharing.sharingComplete !== true
      ? ['shared_outside_organization: false, not complete']
      : []),
    ...access.flatMap((purpose) => (can(may, purpose) ? [] : [`shared_access: nobody can ${purpose}`])),
    ...purposes.flatMap((purpose) =>
      sharing.sharingComplete && can(must, purpose) && !access.includes(purpose)
        ? [`shared_access: ${purpose} is missing`]
        : [],
    ),
  ];
}
