import { describe, expect, test } from 'vitest';
import { dropForeignVariables, serveArguments } from '../../src/cloudquery/command-line.ts';

describe('serveArguments', () => {
  test.each([
    ['--network unix --address /tmp/cq-x.sock', '--network tcp --address unix:/tmp/cq-x.sock'],
    ['--network=unix --address=/tmp/cq-x.sock', '--network tcp --address unix:/tmp/cq-x.sock'],
    ['-n unix -a /tmp/cq-x.sock', '--network tcp --address unix:/tmp/cq-x.sock'],
    ['--address unix:/tmp/cq-x.sock --network unix', '--network tcp --address unix:/tmp/cq-x.sock'],
    ['--address=/tmp/a=b.sock --network unix', '--network tcp --address unix:/tmp/a=b.sock'],
  ])('turns the socket of %j into an address', (given, wanted) => {
    const argv = serveArguments(['serve', '--log-level', 'info', ...given.split(' '), '--no-sentry']);
    expect(argv).toEqual(['serve', '--log-level', 'info', '--no-sentry', ...wanted.split(' ')]);
  });

  test.each([
    'serve',
    'serve --network tcp --address 0.0.0.0:7777',
    'package -m unix v1.0.0 .',
    'tables --address',
  ])('leaves %j as it is', (given) => {
    expect(serveArguments(given.split(' '))).toEqual(given.split(' '));
  });
});

test('dropForeignVariables drops what the SDK would take for an unknown option', () => {
  const env = {
    CQ_DSN: 'secret',
    CQ_LOG_LEVEL: 'debug',
    CQ_NO_SENTRY: '1',
    CQ: '1',
    PATH: '/bin',
    cq_dsn: 'x',
  };
  expect(dropForeignVariables(env)).toEqual(['CQ_DSN', 'CQ_NO_SENTRY']);
  expect(env).toEqual({ CQ_LOG_LEVEL: 'debug', CQ: '1', PATH: '/bin', cq_dsn: 'x' });
});
