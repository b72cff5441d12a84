import { parseXML } from '@aws-sdk/xml-builder';
import type { Notation } from './answer.ts';

/** An element of a document: its text, or what is in it by name, an array where a name comes more than once. */
export type XmlElement = string | { readonly [name: string]: XmlElement | readonly XmlElement[] };

/**
 * What is in the root of a document. Decoded by what the SDK's clients decode with.
 * @param root its name; null: whatever it is
 * @throws Error when the body is no XML, is cut, goes on behind its root, has another root or a DTD, which AWS never
 *   sends: entities are not expanded
 */
export function decodeXml(body: string, root: string | null): XmlElement {
  if (/<!doctype/i.test(prolog(body))) throw new SyntaxError('the answer has a DTD');
  const document: Readonly<Record<string, XmlElement>> = parseXML(body);
  const [name = '', content = ''] = Object.entries(document)[0] ?? [];
  if (root !== null && name !== root)
    throw new SyntaxError(`the answer is <${name}> where <${root}> is expected`);
  // The parser stops there, whatever comes.
  if (!body.trimEnd().endsWith(`</${name}>`))
    throw new SyntaxError(`the answer does not end with </${name}>`);
  return content;
}

/** What stands before the first element. */
const prolog = (body: string): string => body.slice(0, body.search(/<[a-z_]/i));

/** How XML writes fields: all of it is text, and a list is an element of elements that have one name. */
export const inXml: Notation = {
  text: textOf,
  boolean(written) {
    const text = textOf(written)?.trim().toLowerCase();
    if (text !== 'true' && text !== 'false') return undefined;
    return text === 'true';
  },
  integer(written) {
    const text = textOf(written)?.trim();
    return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined;
  },
  /** ISO 8601. */
  date(written) {
    const text = textOf(written)?.trim();
    if (text === undefined || !/^\d{4}-\d\d-\d\dT/.test(text)) return undefined;
    const milliseconds = Date.parse(text);
    return Number.isNaN(milliseconds) ? undefined : new Date(milliseconds);
  },
  list(written) {
    const elements = elementsOf(written);
    if (elements === undefined) return undefined;
    const [items = [], ...others] = Object.values(elements);
    return others.length === 0 ? [items].flat() : undefined;
  },
  object: elementsOf,
};

/** What the decoder calls the text beside elements and attributes. */
const textName = '#text';

function textOf(written: unknown): string | undefined {
  if (typeof written === 'string') return written;
  const { [textName]: text = '', ...others } = partsOf(written);
  return typeof text === 'string' && Object.keys(others).every(isAttribute) ? text : undefined;
}

function elementsOf(written: unknown): Readonly<Record<string, unknown>> | undefined {
  if (Array.isArray(written)) return undefined;
  const parts = typeof written === 'string' ? { [textName]: written } : partsOf(written);
  const { [textName]: text = '', ...others } = parts;
  if (String(text).trim() !== '') return undefined;
  return Object.fromEntries(Object.entries(others).filter(([name]) => !isAttribute(name)));
}

const partsOf = (written: unknown): Readonly<Record<string, unknown>> =>
  typeof written === 'object' && written !== null ? { ...written } : {};

/** The decoder puts them among the elements. AWS writes none but those of namespaces, which no element is called like. */
const isAttribute = (name: string): boolean => /^xmlns$|:/.test(name);
