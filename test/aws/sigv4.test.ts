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
