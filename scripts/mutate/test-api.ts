import { createRequire } from 'node:module';
import {
  ASYMMETRIC_MATCHERS_OBJECT,
  chai,
  GLOBAL_EXPECT,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  setState,
} from '@vitest/expect';
import * as runner from '@vitest/runner';
import type FastCheck from 'fast-check';
import { vi } from './vi.ts';

const require = createRequire(import.meta.url);

/** What tests import from `vitest`, for tests that run outside of it: the same runner, the same matchers. */
function testApi(): object {
  chai.use(JestExtend);
  chai.use(JestChaiExpect);
  chai.use(JestAsymmetricMatchers);
  const matchers = Reflect.get(globalThis, ASYMMETRIC_MATCHERS_OBJECT);
  const expect = Object.assign(
    (value: unknown, message?: string) => chai.expect(value, message),
    chai.expect,
    matchers,
  );
  setState({ assertionCalls: 0 }, expect);
  Reflect.set(globalThis, GLOBAL_EXPECT, expect);
  return { ...runner, expect, vi };
}

/**
 * fast-check with a tenth of the runs, the same ones every time and without a search for the smallest failure: what tests
 * by chance notice here, they notice in every run.
 */
function fewerRuns(): object {
  const fastCheck: typeof FastCheck = require('fast-check');
  const assert = <Ts>(
    property: FastCheck.IRawProperty<Ts>,
    { numRuns = 100, ...parameters }: FastCheck.Parameters<Ts> = {},
  ) =>
    fastCheck.assert(property, {
      seed: 11,
      ...parameters,
      numRuns: Math.ceil(numRuns / 10),
      endOnFailure: true,
    });
  const changed = { ...fastCheck, assert };
  return { ...changed, default: changed };
}

const replaced = new Map([
  ['vitest', testApi()],
  ['fast-check', fewerRuns()],
]);

/** `require` for the bundled tests. */
export const requireForTests = (name: string): unknown => replaced.get(name) ?? require(name);
