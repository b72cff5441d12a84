import { expect, test } from 'vitest';
import {
  isServicePrincipal,
  isUniqueId,
  type PrincipalType,
  readAwsPrincipal,
  readPrincipals,
} from '../../../src/posture/policy/principal.ts';

const id = '111122223333';

test.each<[text: string, type: PrincipalType | null, accountId: string | null]>([
  ['*', 'anyone', null],
  [id, 'account', id],
  [`${id}0`, null, null],
  [`arn:aws:iam::${id}:root`, 'account', id],
  [`arn:aws-cn:iam::${id}:root`, 'account', id],
  [`arn:aws:iam::${id}:role/a`, 'role', id],
  [`arn:aws:iam::${id}:role/path/to/a`, 'role', id],
  [`arn:aws:iam::${id}:role/`, null, null],
  [`arn:aws:iam::${id}:user/a`, 'user', id],
  [`arn:aws:iam::${id}:user`, null, null],
  [`arn:aws:iam::${id}:group/a`, null, null],
  [`arn:aws:iam::${id}:saml-provider/a`, 'federated', id],
  [`arn:aws:iam::${id}:oidc-provider/a`, 'federated', id],
  [`arn:aws:iam::${id}:*`, 'account', id],
  ['arn:aws:iam::*:*', 'anyone', null],
  ['arn:aws:iam::*:role/a', 'role', null],
  ['arn:aws:iam::1111:role/a', null, null],
  [`arn:aws:sts::${id}:assumed-role/a/session`, 'assumed_role', id],
  [`arn:aws:sts::${id}:assumed-role/a`, null, null],
  [`arn:aws:sts::${id}:assumed-role//session`, null, null],
  [`arn:aws:sts::${id}:role/a/session`, null, null],
  [`arn:aws:sts::${id}:federated-user/a`, 'federated', id],
  [`arn:aws:sts::${id}:federated-user/`, null, null],
  [`arn:aws:s3::${id}:role/a`, null, null],
  ['arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1', 'pseudo_account', 'cloudfront'],
  ['arn:aws:iam::a1:role/a', null, null],
  [`urn:aws:iam::${id}:root`, null, null],
  [`arn:aws:iam:${id}:root`, null, null],
  ['AROAEXAMPLEID12345678', 'deleted', null],
  ['AIDAEXAMPLEID12345678', 'deleted', null],
  ['somebody', null, null],
  ['', null, null],
])('AWS principal %s: %s', (text, type, accountId) => {
  const principal = readAwsPrincipal(text);
  expect(principal?.type ?? null).toBe(type);
  expect(principal?.accountId ?? null).toBe(accountId);
});

test("a session goes by its role's name and its own", () => {
  const { session, arn } = readAwsPrincipal(`arn:aws:sts::${id}:assumed-role/a/s`) ?? {};
  expect(session).toEqual({ role: 'a', name: 's' });
  expect(arn).toBeNull();
});

test.each<[what: string, element: unknown, known: readonly string[], problems: readonly string[]]>([
  ['anyone', '*', ['*'], []],
  ['none', null, [], ['Principal is neither "*" nor an object']],
  ['a text', id, [], ['Principal is neither "*" nor an object']],
  ['a list', ['*'], [], ['Principal is neither "*" nor an object']],
  ['nobody', {}, [], ['Principal names nobody']],
  ['nobody of a kind', { AWS: [] }, [], ['Principal names nobody']],
  ['one twice', { AWS: [id, id] }, [id], []],
  ['anyone of a kind', { Service: '*', Federated: '*' }, ['Service:*', 'Federated:*'], []],
  ['a number', { AWS: 111122223333 }, [], ['a AWS principal is not a string']],
  ['a kind of later', { Robot: 'x' }, [], ['unknown form of Robot principal: x']],
  [
    'one that is understood beside one that is not',
    { AWS: [id, 'x'] },
    [id],
    ['unknown form of AWS principal: x'],
  ],
])('Principal element: %s', (_what, element, known, problems) => {
  const read = readPrincipals(element);
  expect(read.known.map(({ text }) => text)).toEqual(known);
  expect(read.problems).toEqual(problems);
});

test('a web identity provider of an account tells the account, one of anybody none', () => {
  const federated = (text: string) => readPrincipals({ Federated: text }).known[0];
  expect(federated(`arn:aws:iam::${id}:oidc-provider/a`)).toMatchObject({
    type: 'federated',
    accountId: id,
    partition: 'aws',
  });
  expect(federated('cognito-identity.amazonaws.com')).toMatchObject({ accountId: null, partition: null });
});

test.each([
  ['logs.eu-west-1.amazonaws.com', true],
  ['logs.amazonaws.com.cn', true],
  ['logs.amazonaws.eu', true],
  ['arn:aws:iam::111122223333:root', false],
  ['logs.amazonaws.com/x', false],
  ['LOGS.amazonaws.com', false],
])('a service principal: %s: %s', (text, is) => {
  expect(isServicePrincipal(text)).toBe(is);
});

test.each([
  ['AROAEXAMPLEID12345678', true],
  ['AROAEXAMPLEID12345678:session', true],
  ['AROAEXAMPLEID12345678:', false],
  ['BROAEXAMPLEID12345678', false],
  ['AROA1', false],
  ['xAROAEXAMPLEID12345678', false],
])('a unique id: %s: %s', (text, is) => {
  expect(isUniqueId(text)).toBe(is);
});
