import { expect, it } from 'vitest';
import { Pacers } from '../../src/aws/pacers.ts';
import { VirtualClock } from './virtual-clock.ts';

const pace = { bucket: 'kms:ListGrants', perSecond: 10, burst: 1 };

it('two users of one account and region keep one quota between them, others have their own', async () => {
  const clock = new VirtualClock();
  const pacers = new Pacers();
  const left: string[] = [];
  for (const [name, holder] of [
    ['a', '111111111111 us-east-1'],
    ['b', '111111111111 us-east-1'],
    ['c', '111111111111 eu-west-1'],
    ['d', '222222222222 us-east-1'],
  ] as const) {
    const open = pacers.open(holder);
    const pacer = open.of(pace, clock);
    void open.take(pacer).then(() => {
      pacer.begun();
      left.push(name);
    });
  }
  await clock.pass(99);
  expect(left).toEqual(['a', 'c', 'd']);
  await clock.pass(2);
  expect(left).toEqual(['a', 'c', 'd', 'b']);
});

it('another pace for the same operation is another pacer', () => {
  const open = new Pacers().open('111111111111 us-east-1');
  const clock = new VirtualClock();
  expect(open.of(pace, clock)).toBe(open.of({ ...pace }, clock));
  expect(open.of({ ...pace, perSecond: 5 }, clock)).not.toBe(open.of(pace, clock));
  expect(open.of({ ...pace, bucket: 'kms:DescribeKey' }, clock)).not.toBe(open.of(pace, clock));
});

it('a user that stops fails its own calls that wait, and no others', async () => {
  const clock = new VirtualClock();
  const pacers = new Pacers();
  const [one, other] = [pacers.open('x'), pacers.open('x')];
  const pacer = one.of(pace, clock);
  await one.take(pacer);
  pacer.begun();
  const failed = expect(one.take(pacer)).rejects.toThrow('over');
  const left = other.take(pacer);
  one.stop(new Error('over'));
  await failed;
  await clock.pass(101);
  await left;
});

it('are forgotten with their last user', () => {
  const clock = new VirtualClock();
  const pacers = new Pacers();
  const [one, other] = [pacers.open('x'), pacers.open('x')];
  const pacer = one.of(pace, clock);
  one.close();
  expect(pacers.open('x').of(pace, clock)).toBe(pacer);
  other.close();
  const last = pacers.open('y');
  last.close();
  expect(pacers.open('y').of(pace, clock)).not.toBe(last.of(pace, clock));
});
