import type { Key } from '../../lab/aws/iam/key.ts';
import { isOneAnswer, isOutside, rank, wordOf } from './compare-key.ts';
import type { Comparison } from './comparison.ts';
import { type Controls, documentsOfControls } from './controls.ts';
import { documentsOf } from './direct.ts';
import { controlledSharingByProduct, sharingByProduct } from './product.ts';
import { type Between, letInBetween } from './sharing.ts';
import { isTold, isToldOfControls } from './told.ts';

/** A key in an organization with SCPs and RCPs. */
export interface ControlledKey {
  readonly key: Key;
  readonly controls: Controls;
}

type Sharing = ReturnType<typeof controlledSharingByProduct>['documents'];
type Effective = NonNullable<ReturnType<typeof controlledSharingByProduct>['effective']>;

/** Holds what organization policies leave of a key's sharing against the evaluator. */
export function compareControlledKey({ key, controls }: ControlledKey): Comparison {
  const { documents, effective } = controlledSharingByProduct(key, controls);
  const changed =
    JSON.stringify(documents) === JSON.stringify(sharingByProduct(key))
      ? []
      : ['sharing: policies change what the documents say'];
  const nothing: Comparison = { wrong: changed, leaning: 0, told: 0, unknown: 0 };
  if (effective === null) return { ...nothing, wrong: [...changed, 'effective_sharing: is null'] };
  if (key.manager === 'AWS') return nothing;
  const between = letInBetween(key, controls);
  const told =
    isTold(documentsOf(key)) && isToldOfControls(documentsOfControls(controls)) && isOneAnswer(between);
  return {
    wrong: [
      ...changed,
      ...tooNarrow(documents, effective, between),
      ...tooWide(effective, between),
      ...wider(documents, effective),
    ],
    leaning: !isOneAnswer(between) && effective.sharingComplete === true ? 1 : 0,
    told: told ? 1 : 0,
    unknown: told && effective.sharingComplete !== true ? 1 : 0,
  };
}

/**
 * Whoever surely gets through is still there, by name or as a part of an organization or of anyone: where the documents
 * were wholly understood, also if what policies take is not wholly known; and always, where the documents name them.
 */
function tooNarrow(documents: Sharing, effective: Effective, { must }: Between): readonly string[] {
  const { sharing, sharedOutsideOrganization: outside, sharingComplete } = effective;
  const listed = effective.sharedAccountIds ?? [];
  const organizations = effective.sharedOrganizationIds ?? [];
  const named = documents.sharedAccountIds ?? [];
  const isUnderstood = documents.sharingComplete === true;
  const missing = must.filter(
    ({ account, organization }) =>
      (isUnderstood || named.includes(account)) &&
      sharing !== 'public' &&
      !listed.includes(account) &&
      !(organization !== null && organizations.includes(organization)),
  );
  const least = wordOf(must);
  return [
    ...missing.map(({ account }) => `effective_shared_account_ids: ${account} is missing`),
    ...(isUnderstood && sharing !== 'unknown' && rank(sharing) < rank(least)
      ? [`effective_sharing: too narrow: ${sharing}, at least ${least}`]
      : []),
    ...(outside === false && must.some(isOutside) ? ['effective_shared_outside_organization: false'] : []),
    ...(outside === false && sharingComplete !== true
      ? ['effective_shared_outside_organization: false, not complete']
      : []),
  ];
}

/** Where the answer is complete, nobody is there who cannot. */
function tooWide(effective: Effective, { may }: Between): readonly string[] {
  const { sharing, sharedAccountIds, sharedOutsideOrganization, sharingComplete } = effective;
  if (sharingComplete !== true) return [];
  const most = wordOf(may);
  return [
    ...(sharedAccountIds ?? []).flatMap((id) =>
      may.some(({ account }) => account === id) ? [] : [`effective_shared_account_ids: ${id} cannot`],
    ),
    ...(rank(sharing) > rank(most) ? [`effective_sharing: too wide: ${sharing}, at most ${most}`] : []),
    ...(sharedOutsideOrganization === true && !may.some(isOutside)
      ? ['effective_shared_outside_organization: true']
      : []),
  ];
}

/** Policies take away and give nothing. */
function wider(documents: Sharing, effective: Effective): readonly string[] {
  if (effective.sharing === 'unknown' || documents.sharing === 'unknown') return [];
  return rank(effective.sharing) > rank(documents.sharing)
    ? [`effective_sharing: ${effective.sharing}, wider than ${documents.sharing} by the documents`]
    : [];
}
