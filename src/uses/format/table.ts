import { textColumns } from '../../text-columns.ts';
import { visible } from '../../visible.ts';
import { sentences } from '../sentences.ts';
import type { Answer, BlastRadius, Use } from '../uses.ts';

/** Uses that are printed; `--format json` has more. */
const shown = 30;

/** For people: what is known in sentences, then what hangs on the key, then what was not seen and what never is. */
export function formatTable(answer: Answer): string {
  const lines = answer.kind === 'several' ? severalLines(answer.asked, answer.keys) : oneLines(answer);
  return `${lines.join('\n')}\n`;
}

function severalLines(asked: string, keys: readonly BlastRadius[]): string[] {
  return [
    visible(`${keys.length} keys are called ${asked}: say one by its ARN.`),
    '',
    ...textColumns(
      ['ARN', 'account', 'state', 'needed by'],
      keys.map((key) => [
        key.arn ?? key.key_id,
        key.account_name ?? key.account_id,
        key.key_state ?? 'not known',
        needed(key),
      ]),
    ),
  ];
}

function needed({ uses, confidence }: BlastRadius): string {
  if (confidence === 'in_use')
    return uses === null ? 'not counted' : uses === 0 ? 'used lately, by what is not known' : String(uses);
  return confidence === 'not_all_read' ? 'not known' : 'nothing that was read';
}

function oneLines({ key, uses, usesLeftOut }: Extract<Answer, { kind: 'one' }>): string[] {
  const more = usesLeftOut + Math.max(0, uses.length - shown);
  const owner = key.account_name === null ? key.account_id : `${key.account_name} (${key.account_id})`;
  return [
    visible(key.name),
    visible(key.arn ?? key.key_id),
    visible(`Account ${owner}, ${key.region}, ${key.key_type}, state ${key.key_state ?? 'not known'}.`),
    '',
    ...sentences(key).map(visible),
    '',
    ...(uses.length === 0 ? [] : textColumns(head, uses.slice(0, shown).map(useCells))),
    ...(more > 0 ? [`… and ${more} more: --format json has up to 10,000`] : []),
    ...(uses.length === 0 ? [] : ['']),
    ...listed('Not seen:', key.not_seen),
    ...listed('Never read, and may need the key all the same:', key.never_read),
  ];
}

const head = ['when disabled', 'use', 'service', 'account', 'what', 'what AWS says'];

const useCells = (use: Use): string[] => [
  use.needs_key ? words(use.breaks_when_disabled) : 'names it only',
  words(use.use_kind),
  use.service ?? 'not told',
  use.used_by_account_id ?? 'not known',
  use.used_by_arn ?? '',
  use.why ?? '',
];

const words = (word: string): string => word.replaceAll('_', ' ');

const listed = (title: string, items: readonly string[]): string[] =>
  items.length === 0 ? [] : [title, ...items.map((item) => visible(`- ${item}`))];
