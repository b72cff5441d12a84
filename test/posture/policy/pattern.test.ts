import { describe, expect, test } from 'vitest';
import {
  ABSENT,
  ANY_TEXT,
  arnPattern,
  both,
  covers,
  likePattern,
  overlaps,
} from '../../../src/posture/policy/pattern.ts';
import fc from '../../random.ts';

const arn = (text: string): string => arnPattern(text) ?? '';

describe('what a pattern matches', () => {
  test.each([
    ['kms:De*', 'kms:Decrypt', true],
    ['kms:De*', 'kms:Encrypt', false],
    ['kms:?ncrypt', 'kms:Encrypt', true],
    ['kms:?ncrypt', 'kms:REncrypt', false],
    ['*', '', true],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-c-b', false],
  ])('StringLike %s, %s: %s', (pattern, text, expected) => {
    expect(covers(likePattern(pattern), text)).toBe(expected);
    expect(overlaps(likePattern(pattern), text)).toBe(expected);
  });

  test.each([
    ['arn:aws:iam::*:role/x', 'arn:aws:iam::111122223333:role/x', true],
    ['arn:aws:iam::111122223333:role/*', 'arn:aws:iam::111122223333:role/a/b:c', true],
    // A wildcard in the account's field cannot swallow the rest of the ARN: a path may contain colons.
    ['arn:aws:iam::*:role/x', 'arn:aws:iam::999988887777:role/a:role/x', false],
    ['arn:aws:iam::11112222333?:role/x', 'arn:aws:iam::11112222333::role/x', false],
  ])('ArnLike %s, %s: %s', (pattern, text, expected) => {
    expect(covers(arn(pattern), text)).toBe(expected);
  });

  test('under StringLike a * crosses colons, so an attacker can fit any account in', () => {
    const text = 'arn:aws:iam::999988887777:role/x:111122223333:role/x';
    expect(covers(likePattern('arn:*:111122223333:role/x'), text)).toBe(true);
    expect(covers(arn('arn:aws:iam:*:111122223333:role/x'), text)).toBe(false);
  });

  test('no wildcard matches a key that the request does not carry', () => {
    expect(covers(ANY_TEXT, ABSENT)).toBe(false);
    expect(overlaps(ANY_TEXT, ABSENT)).toBe(false);
    expect(covers(ABSENT, ABSENT)).toBe(true);
  });

  test('a text is no ARN pattern without six fields', () => {
    expect(arnPattern('*')).toBeNull();
    expect(arnPattern('arn:aws:iam::111122223333')).toBeNull();
  });

  test('many wildcards stay cheap', () => {
    expect(covers(likePattern(`${'*a'.repeat(400)}b`), 'a'.repeat(2000))).toBe(false);
  });
});

describe('what two patterns say of each other', () => {
  const patterns = fc
    .array(fc.constantFrom('a', 'b', ':', '*', '?'), { maxLength: 6 })
    .map((parts) => parts.join(''));
  const texts = fc.array(fc.constantFrom('a', 'b', ':'), { maxLength: 6 }).map((parts) => parts.join(''));
  const oracle = (pattern: string, text: string): boolean =>
    new RegExp(`^${pattern.replaceAll('*', '[^]*').replaceAll('?', '[^]')}$`).test(text);

  test('matching agrees with regular expressions', () => {
    fc.assert(
      fc.property(patterns, texts, (pattern, text) => {
        expect(covers(likePattern(pattern), text)).toBe(oracle(pattern, text));
      }),
      { numRuns: 2000 },
    );
  });

  test('a common text means overlap; covering means that nothing is outside', () => {
    fc.assert(
      fc.property(patterns, patterns, texts, (a, b, text) => {
        const [p, q] = [likePattern(a), likePattern(b)];
        if (oracle(a, text) && oracle(b, text)) {
          expect(overlaps(p, q)).toBe(true);
          expect(covers(both(p, q), text)).toBe(true);
        }
        if (covers(p, q) && oracle(b, text)) expect(oracle(a, text)).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });

  test('a wildcard in a field of an ARN does not overlap with what needs a colon there', () => {
    expect(overlaps(arn('arn:aws:iam::*:role/x'), likePattern('arn:aws:iam::1:role/*:role/x'))).toBe(false);
    expect(overlaps(likePattern('arn:aws:iam::1:role/*:role/x'), arn('arn:aws:iam::*:role/x'))).toBe(false);
    expect(overlaps(arn('arn:aws:iam::*:role/x'), likePattern('arn:aws:iam::1*:role/?'))).toBe(true);
  });

  test('a field with a wildcard takes narrower fields with one, and never a colon', () => {
    expect(covers(arn('arn:aws:iam::*:root'), arn('arn:aws:iam::1*:root'))).toBe(true);
    expect(covers(arn('arn:aws:iam::*:root'), arn('arn:aws:iam::1?:root'))).toBe(true);
    expect(covers(arn('arn:aws:iam::1?:root'), arn('arn:aws:iam::1*:root'))).toBe(false);
    expect(covers(arn('arn:aws:iam::*:root'), likePattern('arn:aws:iam::1*:root'))).toBe(false);
  });

  test('a character of a field is no colon', () => {
    expect(overlaps(arn('arn:aws:iam::1?:x'), likePattern('arn:aws:iam::1::*'))).toBe(false);
    expect(overlaps(likePattern('arn:aws:iam::1::*'), arn('arn:aws:iam::1?:x'))).toBe(false);
    expect(overlaps(arn('arn:aws:iam::1?:x'), likePattern('arn:aws:iam::12:*'))).toBe(true);
  });

  test('no overlap is claimed without a common text', () => {
    const all = [
      '',
      'a',
      'b',
      'aa',
      'ab',
      'ba',
      'bb',
      'aaa',
      'aab',
      'aba',
      'abb',
      'baa',
      'bab',
      'bba',
      'bbb',
    ];
    const short = fc
      .array(fc.constantFrom('a', 'b', '*', '?'), { maxLength: 3 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(short, short, (a, b) => {
        // A shortest common text is no longer than the patterns' letters together.
        const common = all
          .concat(all.flatMap((x) => all.map((y) => x + y)))
          .some((t) => oracle(a, t) && oracle(b, t));
        expect(overlaps(likePattern(a), likePattern(b))).toBe(common);
      }),
      { numRuns: 2000 },
    );
  });
});
