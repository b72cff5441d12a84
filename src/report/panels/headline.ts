import { type Content, type Html, html, nothing } from '../html.ts';
import type { NumberId, PostureNumber } from '../posture-number.ts';
import { isKnown, type Sight } from '../sight.ts';
import { type Previous, valueThen } from '../snapshot.ts';
import { number, unknown, usd } from '../words.ts';

interface Tile {
  readonly title: string;
  readonly href: string;
  /** How bad a number above zero is; null: a number is neither good nor bad. */
  readonly tone: 'danger' | 'warning' | null;
  /** What the unknown ones are. */
  readonly unknownWords: string;
}

export const tiles: Readonly<Record<NumberId, Tile>> = {
  keys: { title: 'KMS keys', href: '#key-types', tone: null, unknownWords: 'of unknown type' },
  outside: {
    title: 'Keys usable outside the organization',
    href: '#outside',
    tone: 'danger',
    unknownWords: 'unknown',
  },
  locked: {
    title: 'Shared resources locked by their key',
    href: '#locked',
    tone: 'warning',
    unknownWords: 'unknown',
  },
  rotation_off: {
    title: 'Keys that could rotate and do not',
    href: '#rotation',
    tone: 'warning',
    unknownWords: 'unknown',
  },
  pending_deletion: {
    title: 'Keys pending deletion',
    href: '#pending-deletions',
    tone: 'warning',
    unknownWords: 'of unknown state',
  },
  monthly_usd: {
    title: 'Monthly cost of keys, list price',
    href: '#cost',
    tone: null,
    unknownWords: 'without a known price',
  },
};

/** The state in ten seconds: six numbers, each with what is not known of it. */
export const headlinePanel = (numbers: readonly PostureNumber[], previous: Previous, sight: Sight): Html =>
  html`<ul class="tiles" role="list" aria-label="Headline numbers">${numbers.map((item) => tileOf(item, previous, sight))}</ul>`;

function tileOf(item: PostureNumber, previous: Previous, sight: Sight): Html {
  const tile = tiles[item.id];
  return html`<li class="tile is-${stateOf(item, tile)}" data-number="${item.id}"><a href="${hrefOf(item, tile)}">
<span class="tile-title">${tile.title}</span>
<span class="tile-value">${valueText(item)}</span>
<span class="tile-notes">${notesOf(item, tile, previous, sight)}</span>
</a></li>`;
}

/** To the rows that are counted, else to the panel that says why there are none. */
const hrefOf = ({ value, unknown: open }: PostureNumber, { href }: Tile): string =>
  (value ?? 0) + (open ?? 0) > 0 ? `${href}-rows` : href;

/** Zero is good only when all that it counts was seen and nothing is left open. */
function stateOf(item: PostureNumber, { tone }: Tile): string {
  if (item.value === null) return 'unknown';
  if (tone === null) return 'plain';
  if (item.value > 0) return item.value === item.reach?.stopped ? 'warning' : tone;
  return isKnown(item) ? 'good' : 'unknown';
}

function valueText({ id, value, atLeast }: PostureNumber): Content {
  if (value === null) return unknown('unknown');
  const text = print(id, value);
  return atLeast && value > 0 ? html`<span class="at-least">at least </span>${text}` : text;
}

export const print = (id: NumberId, value: number): string =>
  id === 'monthly_usd' ? usd(value) : number(value);

function notesOf(item: PostureNumber, tile: Tile, previous: Previous, sight: Sight): Html[] {
  const { value, unknown: open, atLeast, beside } = item;
  return [
    open !== null && open > 0 ? unknown(`+ ${number(open)} ${tile.unknownWords}`) : nothing,
    value === 0 && atLeast ? unknown('not all was seen') : nothing,
    value === 0 && isKnown(item) ? html`<span class="fine">${fine[sight]}</span>` : nothing,
    beside === undefined ? nothing : html`<span class="quiet">${beside}</span>`,
    deltaOf(item, previous),
  ];
}

/** A zero of which nothing is open, beside what else is known. */
const fine: Readonly<Record<Sight, string>> = {
  all: 'none; all was seen',
  asked: 'none in what was asked for',
  part: 'none; nothing of this is open',
  nothing: 'none; nothing of this is open',
};

function deltaOf({ id, value }: PostureNumber, previous: Previous): Html {
  if (!('point' in previous) || value === null) return nothing;
  const then = valueThen(previous.point, id);
  if (then === null) return nothing;
  const words = then === value ? 'as before' : `${signed(id, value - then)} since the last report`;
  return html`<span class="quiet">${words}</span>`;
}

export const signed = (id: NumberId, difference: number): string =>
  `${difference < 0 ? '−' : '+'}${print(id, Math.abs(difference))}`;
