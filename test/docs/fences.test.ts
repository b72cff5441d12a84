import { expect, test } from 'vitest';
import { blocksOf, pages } from './markdown.ts';

/**
 * What a block is in decides which test runs it: `sh` test/e2e/{readme,operating,deployed-roles}.e2e.test.ts and
 * test/docs/contributing.e2e.test.ts, each of which fails for a command that it does not know; `sql` and specs in `yaml`
 * test/e2e/docs.e2e.test.ts.
 */
const languages = ['sh', 'sql', 'yaml', 'json', 'mermaid', 'text', 'ts'];
/** Pages whose TypeScript a test writes into files and compiles. */
const withProgram = ['docs/contributing.md'];
/** What is typed into a shell. */
const command =
  /^ *(\$ |(npm|npx|node|psql|pg_dump|cloudquery|aws|docker|kubectl|terraform|git|curl|pip|python3?) )/m;

test.each(await pages())('$path: no command hides in a block that no test runs', (page) => {
  const blocks = blocksOf(page);
  // As many as fences: each says what language it is in.
  expect(page.text.match(/^ *(```|~~~)/gm) ?? []).toHaveLength(2 * blocks.length);
  for (const { place, language, text } of blocks) {
    expect({ place, language }).toEqual({ place, language: expect.toBeOneOf(languages) });
    if (language === 'ts') expect(withProgram).toContain(page.path);
    if (language === 'text') expect({ place, command: command.exec(text)?.[0] }).toEqual({ place });
  }
});

/** A whole connection as an argument, where everybody on the machine reads its password. */
const inArguments = /\b(psql|pg_dump) [^\n]*(\$\{?AWS_ENCRYPTION_POSTGRES|\$\{?POSTGRES_URL|:\/\/|password)/;

test.each(await pages())('$path: no password stands in the arguments of a command', ({ text }) => {
  expect(text.match(inArguments)?.[0]).toBe(undefined);
  expect(text).not.toMatch(/--connection[ =]\S*(:\/\/|\$)/);
});

test('a password in arguments is found', () => {
  for (const given of [
    'psql "$AWS_ENCRYPTION_POSTGRES" -f a',
    'cat a | psql $POSTGRES_URL',
    'pg_dump postgresql://a:b@c/d',
  ])
    expect(given).toMatch(inArguments);
});

test('a command in a block of text, or in one without a language, is found', () => {
  expect(command.test('Then:\nnpm run demo\n')).toBe(true);
  expect(blocksOf({ path: 'a.md', text: '```\nnpm run demo\n```\n' })).toEqual([]);
});
