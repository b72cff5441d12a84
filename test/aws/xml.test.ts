import { describe, expect, it } from 'vitest';
import { Fields } from '../../src/aws/answer.ts';
import { decodeXml, inXml } from '../../src/aws/xml.ts';

const site = { accountId: null, region: 'eu-west-1', operation: 'rds:DescribeThings' };
const read = (inside: string) => new Fields(decodeXml(`<R xmlns="urn:x">${inside}</R>`, 'R'), site, inXml);
const malformed = expect.objectContaining({ reason: 'malformed_answer' });

describe('a list', () => {
  it.each<[string, string, readonly string[] | null]>([
    ['absent', '<Other/>', null],
    ['empty', '<Things/>', []],
    ['empty, by two tags', '<Things></Things>', []],
    ['of white space', '<Things>  </Things>', []],
    ['of a comment', '<Things>\n  <!-- none -->\n</Things>', []],
    ['empty, in a namespace', '<Things xmlns="urn:y" xmlns:z="urn:z"/>', []],
    ['of one', '<Things><Thing>a</Thing></Things>', ['a']],
    ['of one that is empty', '<Things><Thing/></Things>', ['']],
    ['of one, in lines', '\n<Things>\n  <Thing>a</Thing>\n</Things>\n', ['a']],
    ['of one, in a namespace', '<Things xmlns="urn:y"><Thing xmlns="urn:z">a</Thing></Things>', ['a']],
    ['of several', '<Things> <Thing>a</Thing> <Thing>b</Thing><Thing>a</Thing> </Things>', ['a', 'b', 'a']],
  ])('of texts: %s', (_what, inside, expected) => {
    expect(read(inside).texts('Things')).toEqual(expected);
  });

  it.each<[string, string, readonly (string | null)[] | null]>([
    ['absent', '', null],
    ['empty', '<Things/>', []],
    ['of one that is empty', '<Things><Thing/></Things>', [null]],
    ['of one', '<Things><Thing><Id>a</Id></Thing></Things>', ['a']],
    [
      'of several',
      '<Things><Thing><Id>a</Id></Thing><Thing/><Thing> <Id>b</Id> </Thing></Things>',
      ['a', null, 'b'],
    ],
  ])('of objects: %s', (_what, inside, expected) => {
    expect(
      read(inside)
        .objects('Things')
        ?.map((thing) => thing.text('Id')) ?? null,
    ).toEqual(expected);
  });

  it.each([
    ['text', '<Things>a</Things>'],
    ['text and elements', '<Things>a<Thing>b</Thing></Things>'],
    ['elements of several names', '<Things><Thing>a</Thing><Other>b</Other></Things>'],
    ['there twice', '<Things><Thing>a</Thing></Things><Things/>'],
    ['of elements where texts are expected', '<Things><Thing><Id>a</Id></Thing></Things>'],
  ])('that is %s is no list', (_what, inside) => {
    expect(() => read(inside).texts('Things')).toThrow(malformed);
  });
});

describe('a text', () => {
  it.each([
    ['absent', '', null],
    ['empty', '<A/>', ''],
    ['empty, in a namespace', '<A xmlns="urn:y"/>', ''],
    ['with white space, as it is', '<A> a  b </A>', ' a  b '],
    [
      'with entities',
      '<A>&lt;a href=&quot;x&quot;&gt; &amp;amp; &#x27;&#39;&apos;</A>',
      "<a href=\"x\"> &amp; '''",
    ],
    ['in CDATA', '<A><![CDATA[{"a": "<&amp;"}]]></A>', '{"a": "<&amp;"}'],
    ['partly in CDATA, with a comment', '<A>a<![CDATA[<b>]]><!-- x -->c</A>', 'a<b>c'],
    ['in a namespace', '<A xmlns="urn:y">a</A>', 'a'],
  ])('%s', (_what, inside, expected) => {
    expect(read(inside).text('A')).toBe(expected);
  });

  it.each([
    ['an element', '<A><B/></A>'],
    ['there twice', '<A>a</A><A>a</A>'],
  ])('that is %s is no text', (_what, inside) => {
    expect(() => read(inside).text('A')).toThrow(malformed);
  });
});

it.each([
  ['boolean', 'true', true],
  ['boolean', ' False\n', false],
  ['integer', '-12', -12],
  ['date', '2026-11-29T07:15:51.250Z', new Date(Date.UTC(2026, 10, 29, 7, 15, 51, 250))],
] as const)('a %s is read of %j', (kind, text, expected) => {
  expect(read(`<A>${text}</A>`)[kind]('A')).toEqual(expected);
  expect(read('')[kind]('A')).toBeNull();
});

it.each([
  ['boolean', ''],
  ['boolean', 'yes'],
  ['boolean', '<B>true</B>'],
  ['integer', ''],
  ['integer', '1.5'],
  ['integer', '0x10'],
  ['integer', '<B>7</B>'],
  ['date', '<B>2026-11-29T07:15:51Z</B>'],
  ['date', 'on 2026-11-29T07:15:51Z'],
  ['date', ''],
  ['date', '1700000000'],
  ['date', '2026-13-01T00:00:00Z'],
] as const)('a %s is not read of %j', (kind, text) => {
  expect(() => read(`<A>${text}</A>`)[kind]('A')).toThrow(malformed);
});

it('a field is called what it likes: only what is of namespaces is none', () => {
  const object = read('<A xmlns="urn:y" xsi:nil="false"><xmlnsB>b</xmlnsB><Cxmlns>c</Cxmlns></A>').raw('A');
  expect(object).toEqual({ xmlnsB: 'b', Cxmlns: 'c' });
});

it('an object that is empty has no fields, and a text is none', () => {
  expect(read('<A/>').object('A')?.text('B')).toBeNull();
  expect(read('').object('A')).toBeNull();
  expect(() => read('<A>a</A>').object('A')).toThrow(malformed);
});

describe('a document', () => {
  const whole = '<?xml version="1.0"?>\n<!-- x -->\n<R xmlns="urn:x"><Things><Thing>a</Thing></Things></R>';

  it('is read whole, and not where it is cut, wherever that is', () => {
    expect(decodeXml(`${whole}\n`, 'R')).toMatchObject({ Things: { Thing: 'a' } });
    for (let length = 0; length < whole.length; length++)
      expect(() => decodeXml(whole.slice(0, length), 'R'), whole.slice(0, length)).toThrow();
  });

  it.each([
    ['with another root', '<S><Things/></S>'],
    ['in the form of an error', '<ErrorResponse><Error><Code>Throttling</Code></Error></ErrorResponse>'],
    ['with something behind it', `${whole}{"`],
    ['with another behind it', `${whole}<S/>`],
    ['with text before it', `junk ${whole}`],
    ['of HTML', '<!DOCTYPE html><html><body>Something stands between</body></html>'],
    ['of JSON', '{"Things": []}'],
    ['with a DTD', whole.replace('<R', '<!DOCTYPE R [<!ENTITY a "a">]><R')],
    ['with a DTD in small letters', whole.replace('<R', '<!doctype R SYSTEM "file:///etc/passwd"><R')],
  ])('%s is none', (_what, body) => {
    expect(() => decodeXml(body, 'R')).toThrow();
  });
});
