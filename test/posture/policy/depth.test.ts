import { expect, test } from 'vitest';
import { isTooDeep } from '../../../src/posture/policy/depth.ts';

const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

test.each([
  ['64 lists', nested(64), false],
  ['65 lists', nested(65), true],
  ['65 objects', `${'{"a":'.repeat(65)}1${'}'.repeat(65)}`, true],
  ['65 lists beside each other', `[${Array(65).fill('[]').join()}]`, false],
  ['brackets in a text', JSON.stringify({ Sid: '['.repeat(100) }), false],
  ['brackets in a text behind a quotation mark', JSON.stringify({ Sid: `"${'['.repeat(100)}` }), false],
  ['brackets behind a text that ends with a backslash', `["\\\\",${nested(64)}]`, true],
  ['what is cut', '['.repeat(100), true],
])('%s', (_what, text, isDeep) => expect(isTooDeep(text)).toBe(isDeep));
