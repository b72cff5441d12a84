import type { Context } from './request.ts';

/**
 * A text with its policy variables replaced. Null: one of them has no value, so that nothing is equal to the text or
 * like it. Before version 2012-10-17, and in a policy without a version, variables are plain text (IAM user guide,
 * "Variables and tags", read 2026-11-28).
 */
export function substitute(text: string, context: Context, version: string | undefined): string | null {
  if (version !== '2012-10-17' || !text.includes('${')) return text;
  let missing = false;
  const replaced = text.replace(/\$\{([^},]+)(?:,\s*'([^']*)')?\}/g, (_, key: string, otherwise?: string) => {
    const values = context.get(key.trim().toLowerCase());
    const value = values?.length === 1 ? values[0] : otherwise;
    if (value === undefined) missing = true;
    return value ?? '';
  });
  return missing ? null : replaced;
}
