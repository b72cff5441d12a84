import fc from '../random.ts';

/** What an element holds: text, elements by name in this order, a list for elements of one name; undefined: it is not there. */
export type Content = string | undefined | readonly Content[] | { readonly [name: string]: Content };

type Random = fc.GeneratorValue;

const namespace = 'urn:example:doc/2016-11-15/';

/** A document with that content, written in one of the ways in which XML may be. */
export function documentOf(root: string, content: Content, random: Random): string {
  const declared = random(fc.boolean) ? '<?xml version="1.0" encoding="UTF-8"?>\n' : '';
  return `${declared}${between(random)}${element(root, content, random, ` xmlns="${namespace}"`)}${random(() => fc.constantFrom('', '\n', ' '))}`;
}

function element(name: string, content: Content, random: Random, attributes = ''): string {
  if (content === undefined) return '';
  if (isList(content)) return content.map((one) => element(name, one, random)).join(between(random));
  const inside = typeof content === 'string' ? textOf(content, random) : elements(content, random);
  if (inside === '' && attributes === '' && random(fc.boolean)) return `<${name}/>`;
  return `<${name}${attributes}>${inside}</${name}>`;
}

function elements(content: { readonly [name: string]: Content }, random: Random): string {
  const all = Object.entries(content).map(([name, one]) => element(name, one, random));
  const unknown = random(fc.boolean) ? element('brandNew', { item: ['1', '2'] }, random) : '';
  const inside = [...all, isWrapper(content) ? '' : unknown].filter((one) => one !== '');
  return inside.length === 0 ? '' : `${between(random)}${inside.join(between(random))}${between(random)}`;
}

/** What is a list has elements of one name only. */
const isWrapper = (content: { readonly [name: string]: Content }): boolean =>
  Object.values(content).some(isList);

const isList = (content: Content): content is readonly Content[] => Array.isArray(content);

/** What may stand between elements. */
const between = (random: Random): string =>
  random(() =>
    fc.constantFrom('', '', '\n', '\n    ', '\r\n\t', '<!-- a <comment> -->', '\n<!-- another -->\n'),
  );

function textOf(text: string, random: Random): string {
  if (random(fc.boolean) && !text.includes(']]>')) return `<![CDATA[${text}]]>`;
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return random(fc.boolean) ? escaped.replaceAll('"', '&quot;').replaceAll("'", '&#39;') : escaped;
}
