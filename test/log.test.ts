import { expect, it } from 'vitest';
import { fitting } from '../src/log.ts';

/** The CLI's limit for a line, in bytes. */
const lineOfTheCli = 4096;

/** The line that the SDK's logger writes, and what became of the message. */
function logged(message: string): { line: string; message: string } {
  const said: string[] = [];
  const log = { debug() {}, info() {}, warn() {}, error: (text: string) => void said.push(text) };
  fitting(log).error(message);
  const [text = ''] = said;
  const timestamp = new Date(0).toISOString();
  return { line: JSON.stringify({ level: 'error', message: text, timestamp }), message: text };
}

it.each([
  ['ASCII', 'a'],
  ['two bytes each', 'ü'],
  ['pairs of surrogates', '🔑'],
  ['halves of them', '\ud800'],
  ['quotes, which JSON escapes', '"'],
  ['control characters, which JSON writes in six bytes', '\u001b'],
])('a long message of %s fits the CLI, cut between characters', (_, character) => {
  const { line, message } = logged(character.repeat(5000));
  expect(Buffer.byteLength(line)).toBeLessThan(lineOfTheCli);
  expect(Buffer.byteLength(line)).toBeGreaterThan(2900);
  expect(message).toMatch(new RegExp(`^(?:${character})+…$`, 'u'));
});

it('a message that fits is left as it is', () => {
  const message = 'kms:ListKeys failed with "x"\n'.repeat(90);
  expect(logged(message).message).toBe(message);
});
