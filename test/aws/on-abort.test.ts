import { expect, test } from 'vitest';
import { onAbort } from '../../src/aws/on-abort.ts';

test('whoever still waits for the signal is called back, once, whatever came and went before', () => {
  const controller = new AbortController();
  const called: string[] = [];
  const wait = (name: string, signal = controller.signal) => onAbort(signal, () => called.push(name));
  const stop = wait('gone');
  wait('first');
  stop();
  wait('in its place');
  wait('last')();
  wait('of another signal', new AbortController().signal);
  controller.abort();
  expect(called.sort()).toEqual(['first', 'in its place']);
});
