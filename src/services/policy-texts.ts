import { readPolicy } from '../posture/policy/document.ts';

/** An empty text or document is no policy. */
export const documentIn = (text: string | null): string | null =>
  text === null || /^\s*(?:\{\s*\})?\s*$/.test(text) ? null : text;

/**
 * Several policies of one resource, which AWS weighs together, as one; null: there is none. Where one of them is not
 * understood, or their versions differ and it matters, the text is none that anybody understands.
 */
export function joinedPolicies(texts: readonly (string | null)[]): string | null {
  const documents = texts.flatMap((text) => documentIn(text) ?? []);
  const [first = null, ...others] = documents;
  if (others.length === 0) return first;
  const read = documents.map((text) => readPolicy(text));
  const values = read.flatMap(({ understood, value }) => (understood ? [value as WrittenPolicy] : []));
  const versions = new Set(values.map(({ Version }) => Version));
  // Versions differ in policy variables only (IAM user guide, "Version", read 2026-11-29).
  const isOfAnyVersion = !documents.some((text) => /\$|\\u0024/.test(text));
  if (values.length < documents.length || (versions.size > 1 && !isOfAnyVersion)) return documents.join('\n');
  const [Version] = versions;
  return JSON.stringify({ Version, Statement: values.flatMap(({ Statement }) => Statement) });
}

/** What is understood has this form. */
interface WrittenPolicy {
  readonly Version?: string;
  readonly Statement: unknown;
}
