import * as z from 'zod/mini';
import { definition, ignoredKeys, maxConcurrency, type WrittenSpec } from './definition.ts';
import { problemSentence } from './problem.ts';
import { type Settings, settingsOf } from './settings.ts';

/** A spec that cannot be used. The message is one sentence: the path, what stands there and what may. */
export class SpecError extends Error {
  override readonly name = 'SpecError';
}

export interface ParsedSpec {
  readonly settings: Settings;
  /** One sentence each; empty when the spec is used as written. */
  readonly warnings: readonly string[];
}

/**
 * Checks the spec that Init brings, as JSON text, and fills in the defaults. `null` and no text at all mean
 * "all defaults".
 * @throws SpecError
 */
export function parseSpec(text: string): ParsedSpec {
  const written = parseJson(text) ?? {};
  const result = z.safeParse(definition, written);
  if (!result.success) throw new SpecError(problemSentence(result.error.issues, written));
  return { settings: settingsOf(result.data), warnings: warningsAbout(written) };
}

function parseJson(text: string): unknown {
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    throw new SpecError('spec is not JSON; the CloudQuery CLI sends the `spec` of the source as JSON');
  }
}

function warningsAbout(written: WrittenSpec): string[] {
  const warnings: string[] = [];
  const ignored = ignoredKeys.filter((name) => written[name] !== undefined && written[name] !== null);
  if (ignored.length > 0) {
    const names = ignored.map((name) => `\`${name}\``).join(', ');
    warnings.push(`These keys of CloudQuery's AWS source have no effect in this plugin: ${names}.`);
  }
  if ((written.concurrency ?? 0) > maxConcurrency) {
    warnings.push(`spec.concurrency is ${written.concurrency}; this plugin uses at most ${maxConcurrency}.`);
  }
  return warnings;
}
