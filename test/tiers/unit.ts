import { afterEach, expect } from 'vitest';
import { offences } from '../../lab/unit-tier/refusals.ts';

/*
 * The unit tier is pure: a test there that starts a process, or whose sockets leave this machine, fails and is told
 * where it belongs. Code that swallows the error does not save it.
 */

afterEach(() => {
  expect(offences.splice(0)).toEqual([]);
});
