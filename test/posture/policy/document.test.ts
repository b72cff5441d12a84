import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readPolicy } from '../../../src/posture/policy/document.ts';

const allow = { Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' };
const read = (statement: unknown, version: unknown = '2012-10-17') =>
  readPolicy(JSON.stringify({ Version: version, Statement: statement }));

describe('a document that is understood', () => {
  test('one statement or an array, single values or arrays', () => {
    for (const statement of [allow, [allow], [{ ...allow, Action: ['kms:*'], Resource: ['*'] }]]) {
      const document = read(statement);
      expect(document).toMatchObject({ understood: true, problem: null, unread: [] });
      expect(document.statements).toMatchObject([
        { index: 0, effect: 'Allow', actions: ['kms:*'], resources: ['*'], notPrincipal: false },
      ]);
    }
  });

  test('carries the JSON value and the hash of the text as it was', () => {
    const text = ` {"Statement": []}`;
    const document = readPolicy(text);
    expect(document).toMatchObject({ value: { Statement: [] }, understood: true, statements: [] });
    expect(document.sha256).toBe(createHash('sha256').update(text).digest('hex'));
  });

  test('NotPrincipal, NotAction and NotResource', () => {
    const { statements } = read({
      Effect: 'Deny',
      NotPrincipal: { AWS: '111122223333' },
      NotAction: 'kms:Decrypt',
      NotResource: 'x',
    });
    expect(statements).toMatchObject([{ notPrincipal: true, notAction: true, notResource: true }]);
  });

  test('a Resource may be missing', () => {
    expect(read({ Effect: 'Allow', Principal: '*', Action: 'kms:*' }).statements[0]?.resources).toBeNull();
  });

  test.each([
    ['StringEquals', { comparison: 'StringEquals', negated: false, ifExists: false, over: null }],
    ['stringnotequals', { comparison: 'StringEquals', negated: true }],
    [
      'ForAllValues:StringNotLikeIfExists',
      { comparison: 'StringLike', negated: true, ifExists: true, over: 'all' },
    ],
    ['ForAnyValue:ArnEquals', { comparison: 'Arn', negated: false, over: 'any' }],
    ['ArnNotLike', { comparison: 'Arn', negated: true }],
    ['StringEqualsIgnoreCase', { comparison: 'StringEqualsIgnoreCase', negated: false }],
    ['NumericLessThanEquals', { comparison: 'Other', negated: false }],
    ['DateGreaterThanIfExists', { comparison: 'Other', ifExists: true }],
    ['NotIpAddress', { comparison: 'Other', negated: true }],
    ['BinaryEquals', { comparison: 'Other' }],
    ['BoolIfExists', { comparison: 'Bool', ifExists: true }],
  ])('operator %s', (operator, expected) => {
    const { statements, problem } = read({
      ...allow,
      Condition: { [operator]: { 'AWS:SomeKey': [1, true, 'x'] } },
    });
    expect(problem).toBeNull();
    expect(statements[0]?.conditions).toMatchObject([
      { ...expected, operator, key: 'AWS:SomeKey', id: 'aws:somekey', values: ['1', 'true', 'x'] },
    ]);
  });
});

describe('principals', () => {
  test.each([
    ['AWS', '*', { type: 'anyone' }],
    ['AWS', '111122223333', { type: 'account', accountId: '111122223333' }],
    [
      'AWS',
      'arn:aws-us-gov:iam::111122223333:root',
      { type: 'account', accountId: '111122223333', partition: 'aws-us-gov' },
    ],
    ['AWS', 'arn:aws:iam::111122223333:role/path/app', { type: 'role', accountId: '111122223333' }],
    ['AWS', 'arn:aws:iam::111122223333:user/u', { type: 'user' }],
    [
      'AWS',
      'arn:aws:sts::111122223333:assumed-role/app/session',
      { type: 'assumed_role', session: { role: 'app', name: 'session' } },
    ],
    ['AWS', 'arn:aws:sts::111122223333:federated-user/f', { type: 'federated', accountId: '111122223333' }],
    ['AWS', 'arn:aws:iam::*:role/app', { type: 'role', accountId: null }],
    ['AWS', 'AROAEXAMPLE1234567890', { type: 'deleted', accountId: null }],
    ['AWS', 'AIDAEXAMPLE1234567890', { type: 'deleted' }],
    [
      'AWS',
      'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1',
      { type: 'pseudo_account', accountId: 'cloudfront' },
    ],
    ['Service', 'logs.eu-west-1.amazonaws.com', { type: 'service' }],
    [
      'Federated',
      'arn:aws:iam::111122223333:saml-provider/idp',
      { type: 'federated', accountId: '111122223333' },
    ],
    ['Federated', 'cognito-identity.amazonaws.com', { type: 'federated', accountId: null }],
    [
      'CanonicalUser',
      '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be',
      { type: 'canonical' },
    ],
  ])('%s %s', (kind, text, expected) => {
    const { statements, problem } = read({ ...allow, Principal: { [kind]: text } });
    expect(problem).toBeNull();
    expect(statements[0]?.principals).toMatchObject([{ text, ...expected }]);
  });

  test('several kinds and values are several principals, each once', () => {
    const { statements } = read({
      ...allow,
      Principal: { AWS: ['*', '*'], Service: ['a.amazonaws.com', '*'] },
    });
    expect(statements[0]?.principals.map(({ text }) => text)).toEqual(['*', 'a.amazonaws.com', 'Service:*']);
  });
});

describe('a statement that is not understood leaves the others', () => {
  test.each([
    ['an unknown element', { ...allow, Effects: 1 }, 'unknown element Effects'],
    ['an unknown effect', { ...allow, Effect: 'allow' }, 'Effect is neither Allow nor Deny'],
    [
      'an unknown operator',
      { ...allow, Condition: { StringMatches: { a: 'b' } } },
      'unknown condition operator StringMatches',
    ],
    [
      'an operator of the prototype',
      { ...allow, Condition: { constructor: { a: 'b' } } },
      'unknown condition operator',
    ],
    [
      'an unknown set prefix',
      { ...allow, Condition: { 'ForSomeValues:StringEquals': { a: 'b' } } },
      'unknown condition operator',
    ],
    [
      'Null with IfExists',
      { ...allow, Condition: { NullIfExists: { a: 'true' } } },
      'unknown condition operator',
    ],
    [
      'Null that is neither true nor false',
      { ...allow, Condition: { Null: { a: 'x' } } },
      'neither true nor false',
    ],
    [
      'a key that is named twice',
      { ...allow, Condition: { StringEquals: { 'aws:A': '1', 'AWS:a': '2' } } },
      'twice',
    ],
    ['a value that is an object', { ...allow, Condition: { StringEquals: { a: {} } } }, 'is not a string'],
    ['no principal', { Effect: 'Allow', Action: 'kms:*', Resource: '*' }, 'needs either Principal'],
    ['both forms of principal', { ...allow, NotPrincipal: '*' }, 'needs either Principal'],
    ['an empty principal', { ...allow, Principal: {} }, 'names nobody'],
    ['a principal as bare text', { ...allow, Principal: '111122223333' }, 'Principal is neither'],
    [
      'an unknown kind of principal',
      { ...allow, Principal: { Azure: 'x' } },
      'unknown form of Azure principal',
    ],
    [
      'a group, which is no principal',
      { ...allow, Principal: { AWS: 'arn:aws:iam::111122223333:group/g' } },
      'unknown form',
    ],
    ['no action', { Effect: 'Allow', Principal: '*', Resource: '*' }, 'needs either Action'],
    ['an action that is a number', { ...allow, Action: 1 }, 'an action is not a string'],
    ['a Resource that is no string', { ...allow, Resource: { arn: '*' } }, 'a resource is not a string'],
    ['a Resource that is null', { ...allow, Resource: null }, 'a resource is not a string'],
    ['a list of which one is no string', { ...allow, Resource: ['*', 1] }, 'a resource is not a string'],
    [
      'a NotResource that is no string',
      { ...allow, Resource: undefined, NotResource: 1 },
      'a resource is not a string',
    ],
    ['both forms of resource', { ...allow, NotResource: 'x' }, 'both Resource and NotResource'],
    ['a statement that is a text', 'Allow', 'not an object'],
  ])('%s', (_, statement, problem) => {
    const document = read([statement, allow]);
    expect(document.understood).toBe(false);
    expect(document.problem).toContain(`statement 0 is not understood: `);
    expect(document.problem).toContain(problem);
    expect(document.statements.map(({ index }) => index)).toEqual([1]);
  });
});

test('quotes, colons and backslashes in texts are no keys', () => {
  const sid = String.raw`a\": "b\\`;
  for (const space of [undefined, 2, '\t']) {
    const text = JSON.stringify({ Id: sid, Statement: [{ ...allow, Sid: `${sid}":` }] }, null, space);
    expect(readPolicy(text).problem).toBeNull();
  }
});

describe('a document that is not understood at all', () => {
  test.each([
    ['no JSON', '{"Statement": [', 'not JSON'],
    ['empty', '', 'not JSON'],
    ['an array', '[]', 'not a JSON object'],
    ['null', 'null', 'not a JSON object'],
    ['no Statement', '{"Version":"2012-10-17"}', 'no Statement'],
    ['an unknown version', '{"Version":"2030-01-01","Statement":[]}', 'unknown version 2030-01-01'],
    ['an unknown element', '{"Statement":[],"Statements":[]}', 'unknown element Statements'],
    ['an element that is named twice', '{"Statement":[],"Statement":[{"Effect":"Allow"}]}', 'twice'],
    ['private-use characters', `{"Statement":[],"Id":"\uE000"}`, 'private-use'],
    ['escaped private-use characters', '{"Statement":[],"Id":"\\ue003"}', 'private-use'],
    ['a key that is named twice deep inside', `{"Statement":[{"Effect":"Deny","Effect":"Allow"}]}`, 'twice'],
  ])('%s', (_, text, problem) => {
    expect(readPolicy(text)).toMatchObject({
      understood: false,
      problem: expect.stringContaining(problem),
      statements: [],
    });
    expect(readPolicy(text).unread).toHaveLength(1);
  });
});
