import { textColumns } from '../../text-columns.ts';
import { visible } from '../../visible.ts';
import type { Answer } from '../answer.ts';
import type { Explanation } from '../explain.ts';
import type { Link, LinkName, LinkVerdict, Word } from '../link.ts';
import type { OthersAnswer } from '../others.ts';

/** Principals of an account that are printed; `--format json` has all. */
const shown = 20;

/** For people: the answer by one word first, then the chain, and what is not counted. */
export function formatTable({ asked, resource, key, by, notes }: Explanation): string {
  const who = by.kind === 'everybody' ? 'other accounts' : by.who;
  const lines = [
    by.answer.word,
    '',
    visible(`Can ${who} ${asked}?${sentence(by)}`),
    visible(`${resource}${key === null || key === resource ? '' : `, under the key ${key}`}`),
    '',
    ...(by.kind === 'everybody' ? othersLines(by.answer) : answerLines(by.kind, by.answer)),
    '',
    ...notes.map((note) => visible(note)),
  ];
  return `${lines.join('\n')}\n`;
}

function sentence(by: Explanation['by']): string {
  if (by.kind === 'everybody') return '';
  const [gap] = by.answer.gaps;
  // What decides on the root user, the only one who is known, does not decide on the account.
  if (by.kind === 'account' && by.answer.word === 'unknown' && gap !== undefined)
    return ` ${gap.charAt(0).toUpperCase()}${gap.slice(1)}.`;
  if (by.answer.decisive === null) return '';
  const { link, action, why } = by.answer.decisive;
  return ` ${titles[link]}${action === null ? '' : ` for ${action}`}: ${why}.`;
}

const titles: Readonly<Record<LinkName, string>> = {
  iam: 'IAM',
  boundary: 'Boundary',
  scp: 'SCP',
  resource_policy: 'Resource policy',
  key_policy: 'Key policy',
  ram: 'AWS RAM',
  grant: 'Grant',
  rcp: 'RCP',
  public_access_block: 'Public access block',
  key: 'Key',
  key_state: 'Key state',
  together: 'All together',
};

const verdicts: Readonly<Record<LinkVerdict, string>> = {
  allowed: 'allowed',
  denied: 'denied',
  not_known: 'not known',
};

function answerLines(
  kind: 'principal' | 'account',
  { principal, links, principals, gaps }: Answer,
): string[] {
  return [
    ...(principals === null ? [] : principalLines(principals, gaps.length === 0)),
    ...(kind === 'account' ? ['', visible(`The chain of ${principal}, which comes nearest:`)] : []),
    ...textColumns(['link', 'action', 'verdict', 'policy', 'statement', 'why'], links.map(linkCells)),
    ...gaps.map((gap) => visible(`Not known: ${gap}`)),
  ];
}

function principalLines(principals: NonNullable<Answer['principals']>, isWhole: boolean): string[] {
  if (principals.length === 0)
    return [isWhole ? 'Nobody of the account can.' : 'Of the account nobody is known who can.'];
  const count = (word: Word): number => principals.filter((each) => each.word === word).length;
  const more = principals.length - shown;
  return [
    `Of the account ${count('yes')} can, and of ${count('unknown')} it is not known:`,
    ...principals.slice(0, shown).map((each) => visible(`  ${each.word.padEnd(7)}  ${each.principal}`)),
    ...(more > 0 ? [`  … and ${more} more: --format json has all`] : []),
  ];
}

function linkCells({ link, action, verdict, policy, attachedTo, statement, why }: Link): string[] {
  const where = attachedTo === null || attachedTo === policy ? [] : [`at ${attachedTo}`];
  const index = statement === null ? '' : String(statement.index);
  return [
    titles[link],
    action ?? '',
    verdicts[verdict],
    [...(policy === null ? [] : [policy]), ...where].join(' '),
    statement?.sid ? `${index} (${statement.sid})` : index,
    why,
  ];
}

function othersLines({ letIn, explanation }: OthersAnswer): string[] {
  return [
    ...(letIn.length === 0
      ? ['Nobody beyond the own account is proven to be let in.']
      : textColumns(
          ['who', 'answer', 'why'],
          letIn.map(({ who, word, why }) => [who, word, why]),
        )),
    ...(explanation === null ? [] : ['', visible(explanation)]),
    '',
    'Ask about one of them with --principal and its account id or an ARN.',
  ];
}
