import { visible } from '../../visible.ts';
import type { Fix } from '../model.ts';
import { readFix } from './fix.ts';

/** A finding and what ends it, as Markdown in which names that strangers chose stay text. */
export function withFix(message: string, fix: Fix): string {
  const parts = readFix(fix).flatMap(({ purpose, steps }) => [
    `**${purpose === '' ? 'Fix' : plain(purpose)}**`,
    ...steps.flatMap(({ text, lines, also }, index) => [
      `${index + 1}. ${plain(text)}`,
      ...(lines.length === 0 ? [] : [fenced(lines)]),
      ...(also.length === 0 ? [] : [`Also:\n${also.map((line) => `- ${plain(line)}`).join('\n')}`]),
    ]),
  ]);
  return [plain(visible(message)), ...parts].join('\n\n');
}

const plain = (text: string): string => text.replaceAll(/[\\`*_[\]<>#|~!]/g, '\\$&');

/** A fence is longer than what it holds. */
function fenced(lines: readonly string[]): string {
  const text = lines.join('\n');
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}
