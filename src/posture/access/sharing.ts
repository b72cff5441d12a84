import { actionsOf } from '../policy/action.ts';
import type { Access } from '../policy/grammar.ts';
import type { ResourceContext } from './admission.ts';
import { withoutSourceFragments } from './fragments.ts';
import { mayLetInListed } from './not-principal.ts';
import type { AccessFinding, AccessRow } from './row.ts';
import { sharedWith } from './shared-with.ts';
import { isOutsideAccount, type OutsideAccount, trustOf, widest } from './trust.ts';

/** How widely a key is shared, from narrow to wide; `unknown` when nothing is proven and not all is known. */
export type Sharing =
  | 'not_visible'
  | 'not_shareable'
  | 'not_shared'
  | 'organization'
  | 'other_account'
  | 'external'
  | 'public'
  | 'unknown';

/** The sharing columns of a key. Null lists: nothing can be said (AWS owned keys). */
export interface KeySharing {
  readonly sharing: Sharing;
  /** False when a source was unread, unreadable or not understood; null where there is none to read. */
  readonly sharingComplete: boolean | null;
  /** What keeps it from being complete, ascending; none exactly where it is. */
  readonly sharingGaps: readonly SharingGap[] | null;
  readonly sharedAccountIds: readonly string[] | null;
  readonly sharedOrganizationIds: readonly string[] | null;
  /** False only when everything is known; null when neither is proven. */
  readonly sharedOutsideOrganization: boolean | null;
  readonly sharedAccess: readonly SharedAccess[] | null;
  /** What lets in beyond the own account, ascending. */
  readonly sharedBy: readonly SharedBy[] | null;
}

/**
 * Why more may be let in than is told:
 * - `grants_not_asked`: the spec leaves them out; `grants_unread`, `key_policy_unread`, `ram_policy_unread`: AWS did not
 *   answer; `key_manager_not_known`: nor whose key it is, which says whether it can be shared.
 * - `key_policy_not_understood`, `ram_policy_not_understood`.
 * - `principal_not_told`: somebody is let in by a text that tells no account, or may be whom a NotPrincipal lists.
 * - `organization_policies`: what they leave is not sure.
 */
export type SharingGap =
  | 'grants_not_asked'
  | 'grants_unread'
  | 'key_manager_not_known'
  | 'key_policy_not_understood'
  | 'key_policy_unread'
  | 'organization_policies'
  | 'principal_not_told'
  | 'ram_policy_not_understood'
  | 'ram_policy_unread';

export type SharedBy = Extract<AccessRow['source'], 'key_policy' | 'ram' | 'grant'>;

export type SharedAccess = Extract<Access, 'use' | 'grant' | 'read_metadata'>;

/** An AWS owned key: no API shows its policy. */
export const sharingOfAwsOwnedKey: KeySharing = {
  sharing: 'not_visible',
  sharingComplete: null,
  sharingGaps: null,
  sharedAccountIds: null,
  sharedOrganizationIds: null,
  sharedOutsideOrganization: null,
  sharedAccess: null,
  sharedBy: null,
};

/** An AWS managed key: no policy of it ever lets another account in, whatever its form. */
export const sharingOfAwsManagedKey: KeySharing = {
  sharing: 'not_shareable',
  sharingComplete: true,
  sharingGaps: [],
  sharedAccountIds: [],
  sharedOrganizationIds: [],
  sharedOutsideOrganization: false,
  sharedAccess: [],
  sharedBy: [],
};

const sharingOf: Readonly<Record<OutsideAccount, Sharing>> = {
  organization: 'organization',
  other_account: 'other_account',
  external: 'external',
  anyone: 'public',
};

const isShared = (access: Access): access is SharedAccess =>
  access === 'use' || access === 'grant' || access === 'read_metadata';

/**
 * Sums up whom policy and grants let in beyond the owner's account.
 * @param unread what of them was not read or not understood
 */
export function sharingOfKey(
  findings: readonly AccessFinding[],
  unread: readonly SharingGap[],
  context: ResourceContext,
): KeySharing {
  const catalog = actionsOf(context.grammar);
  const open = findings
    .flatMap(({ admissions, row: { source } }) =>
      withoutSourceFragments(admissions).map((admission) => ({ admission, source })),
    )
    .map(({ admission, source }) => ({
      admission,
      trust: trustOf(admission, context),
      access: catalog.access(admission.actions).filter(isShared),
      // What AWS lets grants give is nearly all use; of an action in a policy not even that is known.
      isKnown: admission.unknownAction === null || source === 'grant',
      source,
    }))
    .filter(({ access }) => access.length > 0);
  const shared = open.flatMap(({ trust, isKnown, ...item }) =>
    isOutsideAccount(trust) && isKnown ? [{ ...item, trust }] : [],
  );
  const isAllTold = open.every(({ admission, trust }) => trust !== null && admission.unknownAction === null);
  const isWhole = isAllTold && !mayLetInListed(findings, context);
  const gaps = unique([...unread, ...(isWhole ? [] : (['principal_not_told'] as const))]);
  const complete = gaps.length === 0;
  const outside = shared.some(({ trust }) => trust === 'external' || trust === 'anyone');
  const undecided = !complete || shared.some(({ trust }) => trust === 'other_account');
  const wide = widest(shared.map(({ trust }) => trust));
  const named = findings.flatMap((finding) => finding.named);
  return {
    sharing: wide !== null && isOutsideAccount(wide) ? sharingOf[wide] : complete ? 'not_shared' : 'unknown',
    sharingComplete: complete,
    sharingGaps: gaps,
    ...sharedWith(
      shared.map(({ admission }) => admission),
      named,
      context,
    ),
    sharedOutsideOrganization: outside ? true : undecided ? null : false,
    sharedAccess: unique(shared.flatMap(({ access }) => access)),
    sharedBy: unique(shared.map(({ source }) => source).filter(isOfKey)),
  };
}

const isOfKey = (source: AccessRow['source']): source is SharedBy =>
  source === 'key_policy' || source === 'ram' || source === 'grant';

const unique = <T extends string>(list: readonly T[]): readonly T[] => [...new Set(list)].sort();
