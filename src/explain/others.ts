import { flagIn, textIn, textsIn } from './cells.ts';
import type { Word } from './link.ts';
import { membershipNotKnown } from './membership.ts';
import type { Cells, SeenRow } from './rows.ts';

/** Somebody whom a resource lets in, by what its row says. */
export interface LetIn {
  /** An account or organization, `anyone`, or an AWS service. */
  readonly who: string;
  readonly word: Word;
  readonly why: string;
}

/** What the row of a resource says of all whom it lets in. */
export interface OthersAnswer {
  readonly word: Word;
  readonly letIn: readonly LetIn[];
  /** The row's own sentence; null: it has none. */
  readonly explanation: string | null;
}

/** Columns that differ between buckets and other resources. */
interface Columns {
  readonly verdict: string;
  readonly able: string;
  readonly blocked: string;
}

const ofBucket: Columns = {
  verdict: 'cross_account_read',
  able: 'readable_account_ids',
  blocked: 'blocked_account_ids',
};
const ofResource: Columns = { ...ofBucket, blocked: 'read_blocked_account_ids' };

/** Of a bucket or another resource. IAM of the accounts counts where the row says that it was evaluated. */
export function othersOf(row: SeenRow, kind: 'bucket' | 'resource'): OthersAnswer {
  const { cells, outdated } = row;
  const columns = kind === 'bucket' ? ofBucket : ofResource;
  const isWithIam = flagIn(cells, 'iam_evaluated') === true;
  const able: Pick<LetIn, 'word' | 'why'> = isWithIam
    ? { word: 'yes', why: 'it is let in, and so are some of its users and roles' }
    : { word: 'unknown', why: 'it is let in; IAM of the account decides, and was not evaluated' };
  const letIn = [
    ...list(cells, columns.able, able),
    ...list(cells, 'unknown_account_ids', { word: 'unknown', why: 'it is let in; the rest is not known' }),
    ...list(cells, columns.blocked, { word: 'no', why: 'it is let in, and something else locks it out' }),
    ...organizations(cells),
    ...everybody(cells),
    ...services(cells),
  ];
  const explanation = textIn(cells, 'explanation');
  if (outdated !== null) return { word: 'unknown', letIn: letIn.map(openly(outdated)), explanation };
  return { word: wordIn(cells, columns, letIn), letIn, explanation };
}

const openly =
  (why: string) =>
  ({ who }: LetIn): LetIn => ({ who, word: 'unknown', why: `the row may not hold any more: ${why}` });

function wordIn(cells: Cells, { verdict }: Columns, letIn: readonly LetIn[]): Word {
  const isOfAccounts = ({ who }: LetIn): boolean => !who.includes('.');
  const words = letIn.filter(isOfAccounts).map(({ word }) => word);
  if (words.includes('yes')) return 'yes';
  const use = textIn(cells, verdict) ?? '';
  const isClosed = use === 'not_shared' || use.startsWith('blocked_by_');
  return isClosed && !words.includes('unknown') && flagIn(cells, 'sharing_complete') !== false
    ? 'no'
    : 'unknown';
}

const list = (cells: Cells, column: string, said: Pick<LetIn, 'word' | 'why'>): readonly LetIn[] =>
  (textsIn(cells, column) ?? []).map((who) => ({ who, ...said }));

const lockedOut: Pick<LetIn, 'word' | 'why'> = { word: 'no', why: 'it is let in, and the key does not' };
const perhaps: Pick<LetIn, 'word' | 'why'> = {
  word: 'unknown',
  why: 'it is let in; which of its accounts can, only a question about each tells',
};

function organizations(cells: Cells): readonly LetIn[] {
  const blocked = textsIn(cells, 'blocked_organization_ids') ?? [];
  return (textsIn(cells, 'shared_organization_ids') ?? []).map((who) => ({
    who,
    ...(blocked.includes(who) ? lockedOut : perhaps),
  }));
}

function everybody(cells: Cells): readonly LetIn[] {
  if (flagIn(cells, 'shared_with_anyone') !== true) return [];
  return [{ who: 'anyone', ...(flagIn(cells, 'blocked_anyone') === true ? lockedOut : perhaps) }];
}

function services(cells: Cells): readonly LetIn[] {
  const blocked = textsIn(cells, 'blocked_services') ?? [];
  return (textsIn(cells, 'shared_services') ?? []).map((who) => ({
    who,
    ...(blocked.includes(who) ? lockedOut : { word: 'yes' as const, why: 'the service is let in' }),
  }));
}

/** Of a key: whom its policies and grants let in. */
export function othersOfKey({ cells, outdated }: SeenRow): OthersAnswer {
  const accounts = list(cells, 'shared_account_ids', {
    word: 'unknown',
    why: 'the key lets it in; IAM of the account decides',
  });
  const units = list(cells, 'shared_organization_ids', perhaps);
  const sharing = textIn(cells, 'sharing');
  const isClosed = sharing === 'not_shared' || sharing === 'not_shareable';
  const isWhole =
    outdated === null && (flagIn(cells, 'sharing_complete') === true || sharing === 'not_shareable');
  return {
    word: isClosed && isWhole ? 'no' : 'unknown',
    letIn: [...accounts, ...units, ...(sharing === 'public' ? [{ who: 'anyone', ...perhaps }] : [])],
    explanation:
      sharing &&
      `sharing of the key: ${sharing === 'other_account' ? `${sharing} (${membershipNotKnown})` : sharing}`,
  };
}
