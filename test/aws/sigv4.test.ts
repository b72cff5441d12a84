import { expect, it } from 'vitest';
import { Signer } from '../../src/aws/sigv4.ts';

/** The example credentials of AWS's Signature Version 4 test suite, and its case `post-vanilla`. */
it('signs as the test suite of AWS says', () => {
  const headers = new Signer('us-east-1', 'service').sign(
    { method: 'POST', host: 'example.amazonaws.com', path: '/', query: '', headers: {}, body: '' },
    { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' },
    new Date('2015-08-30T12:36:00Z'),
  );
  expect(headers).toEqual({
    host: 'example.amazonaws.com',
    'x-amz-date': '20150830T123600Z',
    authorization:
      'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, ' +
      'SignedHeaders=host;x-amz-date, ' +
      'Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
  });
});

/** Its cases `get-vanilla` and `get-vanilla-query-order-key-case`. */
it.each([
  ['', '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
  ['Param1=value1&Param2=value2', 'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500'],
])('signs a GET with the query %o', (query, signature) => {
  const { authorization } = new Signer('us-east-1', 'service').sign(
    { method: 'GET', host: 'example.amazonaws.com', path: '/', query, headers: {}, body: '' },
    { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' },
    new Date('2015-08-30T12:36:00Z'),
  );
  expect(authorization).toContain(`Signature=${signature}`);
});

it('writes the time of each request, in whole seconds', () => {
  const signer = new Signer('us-east-1', 'service');
  const times = ['12:36:00.000', '12:36:00.999', '12:36:01.000', '12:36:00.500'].map((time) => {
    const request = { method: 'GET' as const, host: 'h', path: '/', query: '', headers: {}, body: '' };
    const at = new Date(`2015-08-30T${time}Z`);
    return signer.sign(request, { accessKeyId: 'a', secretAccessKey: 's' }, at)['x-amz-date'];
  });
  expect(times).toEqual(['20150830T123600Z', '20150830T123600Z', '20150830T123601Z', '20150830T123600Z']);
});

it('signs with one signer as with new ones, whatever it signed before', () => {
  const request = { method: 'GET' as const, host: 'h', path: '/a%20b', query: '', headers: {}, body: '' };
  const signer = new Signer('us-east-1', 'service');
  const signed = (by: Signer, secretAccessKey: string, at: string) =>
    by.sign(request, { accessKeyId: 'a', secretAccessKey }, new Date(at)).authorization;
  const each: readonly (readonly [secret: string, at: string])[] = [
    ['one', '2015-08-30T23:59:59Z'],
    ['one', '2015-08-31T00:00:00Z'],
    ['other', '2015-08-31T00:00:00Z'],
    ['one', '2015-08-30T23:59:59Z'],
  ];
  const fresh = each.map(([secret, at]) => signed(new Signer('us-east-1', 'service'), secret, at));
  expect(each.map(([secret, at]) => signed(signer, secret, at))).toEqual(fresh);
  expect(new Set(fresh).size).toBe(3);
});
