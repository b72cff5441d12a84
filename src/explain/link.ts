/** What one part of the chain says to a request. */
export type LinkVerdict = 'allowed' | 'denied' | 'not_known';

/** The parts of the chain, in the order in which they are shown. */
export type LinkName =
  | 'iam'
  | 'boundary'
  | 'scp'
  | 'resource_policy'
  | 'key_policy'
  | 'ram'
  | 'grant'
  | 'rcp'
  | 'public_access_block'
  | 'key'
  | 'key_state'
  | 'together';

/** One policy, or what else decides, on the way from a principal to the data. */
export interface Link {
  readonly link: LinkName;
  /** What is asked: `s3:GetObject`, `kms:Decrypt`; null: it is the same for every action. */
  readonly action: string | null;
  readonly verdict: LinkVerdict;
  /** ARN, id or name of the policy or grant that decides; null: none does, or it is no policy. */
  readonly policy: string | null;
  /** Where that stands: `attached to account 111122223333`; null where `policy` says it, and where it is null. */
  readonly attachedTo: string | null;
  /** The statement that decides; null: no single one does. */
  readonly statement: { readonly index: number; readonly sid: string | null } | null;
  /** One phrase; condition keys that decide are named in it. */
  readonly why: string;
}

/** The answer in one word. */
export type Word = 'yes' | 'no' | 'unknown';

const words: Readonly<Record<LinkVerdict, Word>> = { allowed: 'yes', denied: 'no', not_known: 'unknown' };

export const wordOf = (verdict: LinkVerdict): Word => words[verdict];

/** Of what must all allow. */
export function allOf(verdicts: readonly LinkVerdict[]): LinkVerdict {
  if (verdicts.includes('denied')) return 'denied';
  return verdicts.includes('not_known') ? 'not_known' : 'allowed';
}

const byHope: readonly LinkVerdict[] = ['allowed', 'not_known', 'denied'];

/** The first of those that come nearest to being allowed; undefined where there are none. */
export function nearest<T extends { readonly verdict: LinkVerdict }>(all: readonly T[]): T | undefined {
  for (const verdict of byHope) {
    const found = all.filter((each) => each.verdict === verdict);
    if (found.length > 0) return found.reduce((best, each) => (isNearer(each, best) ? each : best));
  }
  return undefined;
}

/** Fewer links stand against it. */
const isNearer = (one: object, other: object): boolean => obstaclesIn(one) < obstaclesIn(other);

const obstaclesIn = (one: object): number =>
  'links' in one ? (one.links as readonly Link[]).filter(({ verdict }) => verdict !== 'allowed').length : 0;

/** The link that decides: the first that denies, else the first that is not known; undefined: all allow. */
export const decisive = (links: readonly Link[]): Link | undefined =>
  links.find(({ verdict }) => verdict === 'denied') ?? links.find(({ verdict }) => verdict === 'not_known');
