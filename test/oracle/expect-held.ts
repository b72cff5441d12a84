import { expect } from 'vitest';
import type { Report } from './hold.ts';

/** Wrong in none; unknown in under 2 % of those that AWS tells enough for; each feature with its least share. */
export function expectHeld({ wrong, unknown, mix, skipped, text }: Report): void {
  console.log(text);
  const short = mix.filter(({ share, least }) => share < least);
  expect(short, 'features with too small a share').toEqual([]);
  expect(skipped, 'share of worlds with too large a grid').toBeLessThan(0.01);
  expect.soft(wrong, 'wrong answers').toEqual([]);
  expect.soft(unknown, 'share of "unknown"').toBeLessThan(0.02);
}
