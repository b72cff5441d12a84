import { visibleJson } from '../../visible.ts';
import type { Answer } from '../uses.ts';

/** For programs: everything, in the names of the views' columns, which will stay. */
export function formatJson(answer: Answer): string {
  const document =
    answer.kind === 'several'
      ? { asked: answer.asked, keys: answer.keys }
      : { key: answer.key, uses: answer.uses, uses_left_out: answer.usesLeftOut };
  return `${visibleJson(document)}\n`;
}
