import { describe, expect, it } from 'vitest';
import { backoff, isWorthRetrying } from '../../src/aws/backoff.ts';
import type { Reason } from '../../src/aws/error.ts';
import { MissingHost } from '../../src/aws/missing-hosts.ts';

const last = () => 1 - Number.EPSILON;

describe('whether a failure is worth another try', () => {
  it.each<[Reason, failures: number, maxRetries: number, again: boolean]>([
    ['throttled', 1, 10, true],
    ['throttled', 10, 10, true],
    ['throttled', 11, 10, false],
    ['throttled', 1, 0, false],
    ['service_error', 3, 3, true],
    ['connection', 1, 10, true],
    ['timeout', 1, 10, true],
    ['malformed_answer', 2, 10, true],
    ['malformed_answer', 3, 10, false],
    ['malformed_answer', 1, 0, false],
    ['clock_skew', 1, 10, true],
    ['clock_skew', 2, 10, false],
    ['access_denied', 1, 10, false],
    ['assume_role_denied', 1, 10, false],
    ['credentials_unusable', 1, 10, false],
    ['region_disabled', 1, 10, false],
    ['not_found', 1, 10, false],
    ['invalid_state', 1, 10, false],
    ['unsupported', 1, 10, false],
    ['cancelled', 1, 10, false],
  ])('%s, failed %d times, %d retries: %s', (reason, failures, maxRetries, again) => {
    expect(isWorthRetrying(reason, failures, maxRetries, new Error(reason))).toBe(again);
  });

  it('a host that DNS does not know: never', () => {
    expect(isWorthRetrying('connection', 1, 10, new MissingHost('kms.xx-new-1.example'))).toBe(false);
  });
});

describe('how long to wait', () => {
  it.each<[Reason, failures: number, longest: number]>([
    ['connection', 1, 100],
    ['service_error', 5, 1600],
    ['timeout', 20, 30_000],
  ])('%s, failed %d times: up to %d ms, fully jittered', (reason, failures, longest) => {
    expect(backoff(reason, failures, 30, last)).toBeCloseTo(longest, 0);
    expect(backoff(reason, failures, 30, () => 0)).toBe(0);
    expect(backoff(reason, failures, 30, () => 0.25)).toBeCloseTo(longest / 4, 0);
  });

  it.each<[failures: number, longest: number]>([
    [1, 500],
    [4, 4000],
    [10, 30_000],
  ])('throttled %d times: between half of %d ms and the whole', (failures, longest) => {
    expect(backoff('throttled', failures, 30, last)).toBeCloseTo(longest, 0);
    expect(backoff('throttled', failures, 30, () => 0)).toBe(longest / 2);
  });

  it('throttled: the ten tries of the default outlast a minute, whatever the dice say', () => {
    const waits = Array.from({ length: 10 }, (_, index) => backoff('throttled', index + 1, 30, () => 0));
    expect(waits.reduce((sum, wait) => sum + wait)).toBeGreaterThan(60_000);
  });
});
