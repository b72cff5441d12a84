import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkout } from '../../lab/checkout.ts';
import { sections } from '../../src/spec/sections.ts';

const read = (path: string) => readFileSync(join(checkout, path), 'utf8');

const sources = readdirSync(join(checkout, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => join('src', name));

/** The step of "Where to add" in docs/architecture.md. */
const step = read('docs/architecture.md').match(/^- \*\*A key of the spec\*\*:.*\n(?: {2}.*\n)*/m)?.[0] ?? '';
const named = [...step.matchAll(/`([\w./-]+\.ts)`/g)].map(([, path]) => path ?? '');

/** Those that no English word is alike. */
const keys = sections.flatMap(({ shape }) => Object.keys(shape)).filter((name) => name.includes('_'));

const commentsAndTexts = /\/\*[\s\S]*?\*\/|\/\/.*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;

describe('a new key of the spec', () => {
  it('needs the files that the architecture page names', () => {
    expect(named).toContain('src/spec/definition.ts');
    expect(named.filter((path) => !existsSync(join(checkout, path)))).toEqual([]);
  });

  it('needs no other file of the spec', () => {
    const naming = sources
      .filter((path) => path.startsWith('src/spec/'))
      .filter((path) => {
        const words = new Set(read(path).replace(commentsAndTexts, '').match(/\w+/g));
        return keys.some((key) => words.has(key));
      });
    expect(naming.filter((path) => !named.includes(path))).toEqual([]);
  });

  it('is seen by the rest only as a setting', () => {
    const inside = /from '[./]*\/spec\/(definition|accounts|field|sections|problem)\.ts'/;
    expect(sources.filter((path) => inside.test(read(path)))).toEqual([]);
  });
});
