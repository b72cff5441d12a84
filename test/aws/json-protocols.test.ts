import { expect, test } from 'vitest';
import { awsJson, type RestInput, restJson } from '../../src/aws/json-protocols.ts';

const type = { 'content-type': 'application/json' };

test.each<[what: string, input: RestInput, request: object]>([
  [
    'a GET has no body, which is what is signed',
    { path: ['v2', 'things'] },
    { method: 'GET', path: '/v2/things', query: '', headers: {}, body: '' },
  ],
  [
    'a part of the path is one, whatever stands in it',
    { path: ['things', 'arn:aws:x/ä b', ''] },
    { method: 'GET', path: '/things/arn%3Aaws%3Ax%2F%C3%A4%20b/', query: '', headers: {}, body: '' },
  ],
  [
    'a query is in the order of names, without what is left out',
    { path: ['a'], query: { max: '9', marker: undefined, 'a b': '', after: '=&' } },
    { method: 'GET', path: '/a', query: 'a%20b=&after=%3D%26&max=9', headers: {}, body: '' },
  ],
  [
    'a POST',
    { path: ['a'], body: { b: undefined, c: 1 } },
    { method: 'POST', path: '/a', query: '', headers: type, body: '{"c":1}' },
  ],
])('REST with JSON: %s', (_what, input, request) => {
  expect(restJson.request('ListThings', input)).toEqual(request);
});

test.each([
  [false, { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'TrentService.ListKeys' }],
  [
    true,
    {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'TrentService.ListKeys',
      'x-amzn-query-mode': 'true',
    },
  ],
])('AWS JSON names its operation in a header; of a service that spoke Query: %s', (spokeQuery, headers) => {
  expect(awsJson('1.1', 'TrentService', spokeQuery).request('ListKeys', { Limit: 1 })).toEqual({
    method: 'POST',
    path: '/',
    query: '',
    headers,
    body: '{"Limit":1}',
  });
});
