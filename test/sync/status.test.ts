import { status } from '@grpc/grpc-js';
import { describe, expect, test } from 'vitest';
import { AwsError, type Reason } from '../../src/aws/error.ts';
import { SpecError } from '../../src/spec/parse.ts';
import { StateError } from '../../src/state/state-error.ts';
import { endStatus } from '../../src/sync/status.ts';

const running = { clientLeft: false, stopped: false };
const site = { operation: 'organizations:ListAccounts', accountId: null, region: 'us-east-1' };

describe('a sync ends with the status', () => {
  test.each<[Reason, status]>([
    ['access_denied', status.PERMISSION_DENIED],
    ['assume_role_denied', status.PERMISSION_DENIED],
    ['credentials_unusable', status.UNAUTHENTICATED],
    ['clock_skew', status.UNAUTHENTICATED],
    ['organization_not_in_use', status.FAILED_PRECONDITION],
    ['account_inactive', status.FAILED_PRECONDITION],
    ['invalid_request', status.INVALID_ARGUMENT],
    ['plugin_error', status.INTERNAL],
    ['throttled', status.UNAVAILABLE],
    ['connection', status.UNAVAILABLE],
  ])('of AWS’s refusal: %s', (reason, code) => {
    const error = new AwsError(reason, 'Code', site, 'AWS said so');
    expect(endStatus(error, running)).toEqual({ code, details: error.message, isBug: false });
  });

  test('of a state that is out of reach, or not to be used', () => {
    const end = (kind: 'unavailable' | 'unfit') => endStatus(new StateError(kind, 'the state'), running);
    expect(end('unavailable')).toEqual({ code: status.UNAVAILABLE, details: 'the state', isBug: false });
    expect(end('unfit')).toEqual({ code: status.FAILED_PRECONDITION, details: 'the state', isBug: false });
  });

  test('of a spec that is wrong', () => {
    const error = new SpecError('spec.regions: no list');
    expect(endStatus(error, running)).toEqual({
      code: status.INVALID_ARGUMENT,
      details: error.message,
      isBug: false,
    });
  });

  test.each([
    [new TypeError('x is not a function'), 'TypeError: x is not a function'],
    ['a text', 'a text'],
  ])('of a bug, which is to be reported: %s', (cause, what) => {
    expect(endStatus(cause, running)).toEqual({
      code: status.INTERNAL,
      details: `The plugin failed with ${what}; this is a bug of the plugin: please report it`,
      isBug: true,
    });
  });

  test('of whoever ended it, whatever broke by that', () => {
    const cause = new Error('broken');
    expect(endStatus(cause, { clientLeft: true, stopped: true })).toEqual({
      code: status.CANCELLED,
      details: 'The sync was cancelled by its client.',
      isBug: false,
    });
    expect(endStatus(cause, { clientLeft: false, stopped: true })).toEqual({
      code: status.UNAVAILABLE,
      details: 'The sync was cut short because the plugin was told to stop; run it again.',
      isBug: false,
    });
  });
});
