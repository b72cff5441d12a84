import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { judge, type KeyCase } from './case-file.ts';

const folder = new URL('cases/', import.meta.url);

interface CaseFile {
  readonly about: string;
  readonly cases: readonly KeyCase[];
}

for (const file of readdirSync(folder).sort()) {
  const { about, cases }: CaseFile = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
  describe(`${file}: ${about}`, () => {
    test.each(cases.map((given) => [given.name, given] as const))('%s', (_, given) => {
      const { findings, policy, sharing } = judge(given);
      const { rows, problem } = given.expect;
      if (given.expect.sharing !== undefined) expect(sharing).toMatchObject(given.expect.sharing);
      if (problem !== undefined) expect(policy?.problem).toContain(problem);
      expect(policy?.understood ?? null).toBe(policy === null ? null : problem === undefined);
      if (rows === undefined) return;
      const expected = rows.map(({ reason, ...columns }) =>
        reason === undefined ? columns : { ...columns, reason: expect.stringContaining(reason) },
      );
      expect(findings.map(({ row }) => row)).toEqual(expected.map((row) => expect.objectContaining(row)));
    });
  });
}
