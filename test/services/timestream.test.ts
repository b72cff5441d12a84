import { afterEach, describe, expect, it, vi } from 'vitest';
import { regionalEndpoint } from '../../src/aws/regional-endpoint.ts';
import { cellAt } from '../../src/services/timestream/calls.ts';
import type { Fault } from './read-service.ts';
import { accountId, readService, regionOfKeys, seen } from './region-of-keys.ts';

function world() {
  const { organization, add, own, foreign, managed } = regionOfKeys();
  managed('timestream');
  add.timeSeriesDatabase({ name: 'default' });
  add.timeSeriesDatabase({ name: 'own', kmsKeyId: own });
  add.timeSeriesDatabase({ name: 'foreign', kmsKeyId: foreign });
  return organization;
}

async function rowsOf(...faults: readonly Fault[]) {
  const read = await readService(world(), 'timestream', ...faults);
  return { ...read, seen: seen(read, 'encryption_state', 'key_account_id', 'key_type') };
}

describe('what is read of Timestream', () => {
  it('is the keys of databases, page by page', async () => {
    const read = await rowsOf();
    expect(read.seen).toEqual([
      ['default', 'kms', accountId, 'aws_managed'],
      ['foreign', 'kms', '444444444444', 'customer_managed_aws_material'],
      ['own', 'kms', accountId, 'customer_managed_aws_material'],
    ]);
    const operation = 'timestream:ListDatabases';
    const paged = await rowsOf({ operation, effect: { kind: 'short_pages', entries: 1 } });
    expect(paged.seen).toEqual(read.seen);
    expect([...paged.sink.said]).toEqual([]);
    expect(paged.calls('timestream')).toEqual({ [operation]: 3, 'timestream:DescribeEndpoints': 1 });
  });

  it('is nothing, and known, where AWS does not let the account use the service any more', async () => {
    const message =
      'Only existing Timestream for LiveAnalytics customers can access the service. Reach out to AWS support, for more information.';
    const effect = { kind: 'error', code: 'AccessDeniedException', status: 400, message } as const;
    const { rows, sink, calls } = await rowsOf({ operation: 'timestream:DescribeEndpoints', effect });
    expect([rows, [...sink.said]]).toEqual([[], []]);
    expect(calls('timestream')).toEqual({ 'timestream:DescribeEndpoints': 1 });
  });

  it.each(['timestream:DescribeEndpoints', 'timestream:ListDatabases'])(
    'is not whole where %s is denied or says nothing',
    async (operation) => {
      for (const kind of ['deny', 'empty_body'] as const) {
        const { rows, sink } = await rowsOf({ operation, effect: { kind } });
        expect(rows).toEqual([]);
        expect([...sink.said].join()).toContain(`listing failed: resources ${operation}`);
      }
    },
  );
});

describe('the cell that is asked', () => {
  afterEach(() => vi.unstubAllEnvs());
  const asked = async (address: string) =>
    String(await regionalEndpoint(cellAt(address, 'eu-west-1'), 'eu-west-1', null));
  const own = 'https://ingest.timestream.eu-west-1.amazonaws.com/';

  it.each([
    [
      'ingest-cell7.timestream.eu-west-1.amazonaws.com',
      'https://ingest-cell7.timestream.eu-west-1.amazonaws.com/',
    ],
    ['ingest.timestream.eu-west-1.amazonaws.com', own],
    // Whoever answers for AWS leads no signed request elsewhere.
    [
      'ingest-cell7.timestream.eu-west-1.evil.example',
      'https://ingest-cell7.timestream.eu-west-1.amazonaws.com/',
    ],
    ['evil.example/ingest.timestream.eu-west-1.amazonaws.com', own],
    ['127.0.0.1:4566', own],
    ['', own],
  ])('at %s is %s', async (address, expected) => {
    expect(await asked(address)).toBe(expected);
  });

  it('is the one for FIPS where that was asked for', async () => {
    vi.stubEnv('AWS_USE_FIPS_ENDPOINT', 'true');
    expect(await asked('ingest-cell7.timestream-fips.eu-west-1.amazonaws.com')).toBe(
      'https://ingest-cell7.timestream-fips.eu-west-1.amazonaws.com/',
    );
  });
});
