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
  return { ...runner, expect };
}

/** fast-check that finds nothing: what tests by chance kill in one run, they may miss in the next. */
function withoutChance(): object {
  const fastCheck = { ...require('fast-check'), assert: () => {} };
  return { ...fastCheck, default: fastCheck };
}

const replaced = new Map([
  ['vitest', testApi()],
  ['fast-check', withoutChance()],
]);

/** `require` for the bundled tests. */
export const requireForTests = (name: string): unknown => replaced.get(name) ?? require(name);
