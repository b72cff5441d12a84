import { visible } from '../../visible.ts';
import { type IncompleteAccount, isFine, type StaleAccount, type Status } from '../read.ts';

/** Accounts that are named, and regions of each: the text goes into messages. */
const shown = 20;
const shownRegions = 5;

/** A line for each account that is not whole or not fresh, in words of ours: no message of AWS's is in it. */
export function formatText(status: Status): string {
  const { coverage, incomplete, stale, oldest, newest } = status;
  const lines = [
    `${isFine(status) ? 'Fresh and whole' : 'Not fresh or not whole'}: read from ${oldest ?? 'never'} to ${newest ?? 'never'}.`,
    `Coverage: ${Object.entries(coverage)
      .map(([word, count]) => `${count} ${word}`)
      .join(', ')}.`,
    ...named('Incomplete', incomplete, incompleteText),
    ...named('Stale', stale, staleText),
  ];
  return `${lines.map(visible).join('\n')}\n`;
}

function named<T extends IncompleteAccount | StaleAccount>(
  word: string,
  accounts: readonly T[],
  text: (account: T) => string,
): string[] {
  const lines = accounts.slice(0, shown).map((account) => {
    const name = account.account_name === null ? '' : ` (${account.account_name})`;
    return `${word}: account ${account.account_id}${name}: ${text(account)}.`;
  });
  const more = accounts.length - lines.length;
  return more > 0 ? [...lines, `${word}: ${more} more accounts.`] : lines;
}

function incompleteText({ what, regions }: IncompleteAccount): string {
  const first = regions.filter((region) => region !== 'global').slice(0, shownRegions);
  // What is said of the whole account is said of all its regions.
  if (regions.includes('global') || first.length === 0) return what.join(', ');
  const more = regions.length > first.length ? ` and ${regions.length - first.length} more regions` : '';
  return `${what.join(', ')} in ${first.join(', ')}${more}`;
}

const staleText = ({ places, oldest }: StaleAccount): string =>
  `${places} places (region and table), the oldest read ${oldest ?? 'at a time that is not known'}`;
