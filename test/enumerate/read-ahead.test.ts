import { expect, test } from 'vitest';
import { ReadAhead } from '../../src/enumerate/read-ahead.ts';

/** A memory for three things; `forgotten` holds what went, in order. */
function newReadAhead(asking: readonly string[]) {
  const ahead = new ReadAhead(asking, 3);
  const forgotten: string[] = [];
  const add = (accountId: string, ...names: readonly string[]) => {
    for (const name of names) ahead.add(name, accountId, () => forgotten.push(name));
  };
  return { ahead, forgotten, add };
}

/** Whether a listing may go on, once all that is under way is through. */
async function mayGoOn(room: Promise<void>): Promise<boolean> {
  let isOpen = false;
  room.then(() => {
    isOpen = true;
  });
  await new Promise(setImmediate);
  return isOpen;
}

test('a listing goes on as long as there is room', async () => {
  const { ahead, add } = newReadAhead(['a']);
  add('a', 'a1', 'a2');
  expect(await mayGoOn(ahead.room())).toBe(true);
});

test('a listing waits while all that was read may be asked for, and goes on when one account is through', async () => {
  const { ahead, forgotten, add } = newReadAhead(['a', 'b']);
  add('a', 'a1');
  add('b', 'b1', 'b2');
  const room = ahead.room();
  expect(await mayGoOn(room)).toBe(false);
  ahead.lookedUp('a');
  expect(await mayGoOn(room)).toBe(true);
  expect(forgotten).toEqual(['a1']);
});

test('of accounts that are through, the oldest goes, and only when room is needed', async () => {
  const { ahead, forgotten, add } = newReadAhead(['a', 'b']);
  ahead.lookedUp('a');
  add('a', 'a1', 'a2');
  await ahead.room();
  expect(forgotten).toEqual([]);
  add('a', 'a3');
  await ahead.room();
  expect(forgotten).toEqual(['a1']);
});

test('what is in use, or may be used by others, takes no room and stays', async () => {
  const { ahead, forgotten, add } = newReadAhead(['a', 'b']);
  add('a', 'a1', 'a2', 'a3');
  const room = ahead.room();
  expect(await mayGoOn(room)).toBe(false);
  ahead.keep('a2');
  expect(await mayGoOn(room)).toBe(true);
  ahead.lookedUp('a');
  add('a', 'a4');
  await ahead.room();
  expect(forgotten).toEqual(['a1']);
});

test('when the resources of all accounts are read, all goes, and no listing waits', async () => {
  const { ahead, forgotten, add } = newReadAhead(['a', 'b']);
  add('a', 'a1', 'a2');
  add('b', 'b1');
  const room = ahead.room();
  ahead.lookedUp('b');
  ahead.lookedUp('a');
  await room;
  expect(forgotten.toSorted()).toEqual(['a1', 'a2', 'b1']);
  expect(ahead.isOver).toBe(true);
});

test('without resources nothing is ever over the head of anybody', async () => {
  const { ahead } = newReadAhead([]);
  expect(ahead.isOver).toBe(true);
  await ahead.room();
});
