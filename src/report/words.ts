import { type Content, type Html, html, nothing } from './html.ts';

const whole = new Intl.NumberFormat('en-US');
const dollars = new Intl.NumberFormat('en-US', {
  style: 'currency',
  currency: 'USD',
  maximumFractionDigits: 0,
});

/** `12,345` */
export const number = (value: number): string => whole.format(value);

/** `$12,345` */
export const usd = (value: number): string => dollars.format(value);

/** `1 key`, `12,345 keys` */
export const count = (value: number, one: string, many = `${one}s`): string =>
  `${number(value)} ${value === 1 ? one : many}`;

/** `a, b and c`; of a long list the first, and how many there are beside. */
export function list(items: readonly string[], most = 5): string {
  const shown = items.length > most ? items.slice(0, most - 1) : items;
  const rest = items.length - shown.length;
  const all = rest > 0 ? [...shown, `${number(rest)} more`] : shown;
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}

/** Cuts a name that a chart has no room for in its middle: names of one kind start alike and end unlike. */
export function shorten(text: string, most: number): string {
  const characters = [...text];
  if (characters.length <= most) return text;
  const end = Math.floor((most - 1) / 2);
  return `${characters.slice(0, most - 1 - end).join('')}…${characters.slice(characters.length - end).join('')}`;
}

/** A key type as a chart has room for it. */
const typeNames: Readonly<Record<string, string>> = {
  customer_managed_external_material: 'Imported material',
  customer_managed_cloudhsm: 'CloudHSM key store',
  customer_managed_xks: 'External key store',
  customer_managed_aws_material: 'AWS-provided material',
  aws_managed: 'AWS managed',
  aws_owned: 'AWS owned',
  unknown: 'Type unknown',
};

export const typeName = (keyType: string): string => typeNames[keyType] ?? phrase(keyType);

/** `blocked_by_key_policy` as `blocked by key policy` */
export const phrase = (word: string): string => word.replaceAll('_', ' ');

/** An account by its name and id, or by its id alone where the name is not known. */
export const accountName = (id: string, name: string | null): string =>
  name === null ? id : `${name} (${id})`;

/** Of another account (`other_account`): it may be in the organization or not. The same words wherever that is so. */
export const membershipNotKnown = 'membership not known';

/** Not known: never blank, never a dash, always in the same colour. */
export const unknown = (words = 'unknown'): Html => html`<span class="unknown">${words}</span>`;

/** Keys beside those that are customer managed for sure: AWS may manage them. */
export const ofUnknownType = (keys: number): Html =>
  keys > 0 ? html`; ${unknown(`${number(keys)} more whose type is not known`)}` : nothing;

/** Whether words of ours say that something is not known. Those of others are text, and never such an element. */
export const tellsUnknown = (content: Content): boolean =>
  html`${content}`.markup.includes('<span class="unknown">');

/** The value, or that it is not known. */
export const orUnknown = (value: string | number | null): Html =>
  value === null ? unknown() : html`${typeof value === 'number' ? number(value) : value}`;
