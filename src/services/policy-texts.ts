import { readPolicy } from '../posture/policy/document.ts';

/** An empty text or document is no policy. */
export const documentIn = (text: string | null): string | null =>
  text === null || /^\s*(?:\{\s*\})?\s*$/.test(text) ? null : text;

/**
 * Several policies of one resource, which AWS weighs together, as one; null: there is none. Where one of them is not
 * understood, or they are of different versions, the text is none that anybody understands.
 */
export function joinedPolicies(texts: readonly (string | null)[]): string | null {
  const documents = texts.flatMap((text) => documentIn(text) ?? []);
  const [first = null, ...others] = documents;
  if (others.length === 0) return first;
  const read = documents.map((text) => readPolicy(text));
  const values = read.flatMap(({ understood, value }) => (understood ? [value as WrittenPolicy] : []));
  const versions = new Set(values.map(({ Version }) => Version));
  if (values.length < documents.length || versions.size > 1) return documents.join('\n');
  const [Version] = versions;
  return JSON.stringify({ Version, Statement: values.flatMap(({ Statement }) => Statement) });
}

/** What is understood has this form. */
interface WrittenPolicy {
  readonly Version?: string;
  readonly Statement: unknown;
}
