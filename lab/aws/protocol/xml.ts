/** An element's content: text, nested elements by name, or nothing. A list repeats its element. */
export type XmlContent = string | number | boolean | null | undefined | XmlElements | readonly XmlContent[];
export interface XmlElements {
  readonly [name: string]: XmlContent;
}

/** `<name>…</name>`. Attributes go in as `name attribute="…"`; undefined writes nothing, null an empty element. */
export function xmlElement(name: string, content: XmlContent): string {
  if (content === undefined) return '';
  if (isList(content)) return content.map((each) => xmlElement(name, each)).join('');
  const tag = name.split(' ', 1)[0];
  if (content === null) return `<${name}></${tag}>`;
  if (typeof content === 'object') return `<${name}>${xmlElements(content)}</${tag}>`;
  return `<${name}>${escapeXml(String(content))}</${tag}>`;
}

function isList(content: XmlContent): content is readonly XmlContent[] {
  return Array.isArray(content);
}

function xmlElements(elements: XmlElements): string {
  let text = '';
  for (const name of Object.keys(elements)) text += xmlElement(name, elements[name]);
  return text;
}

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
