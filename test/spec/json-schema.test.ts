import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { specJsonSchema } from '../../src/spec/json-schema.ts';
import { badSpecs, goodSpecs } from './specs.ts';

const schema = JSON.parse(specJsonSchema());
const validate = new Ajv2020({ strictSchema: true, strictTypes: false }).compile(schema);

describe('JSON Schema says what Init says', () => {
  it.each(Object.entries(goodSpecs))('accepts %s', (_, written) => {
    expect({ valid: validate(written), errors: validate.errors }).toEqual({ valid: true, errors: null });
  });

  it.each(badSpecs)('refuses %j', (written) => {
    expect(validate(written)).toBe(false);
  });
});

describe('JSON Schema in the CloudQuery CLI', () => {
  it('has no references', () => {
    expect(specJsonSchema()).not.toContain('$ref');
  });

  it('has no pattern beyond what RE2 reads', () => {
    const patterns = [...specJsonSchema().matchAll(/"pattern":("(?:[^"\\]|\\.)*")/g)].map(([, json]) =>
      String(JSON.parse(json ?? '""')),
    );
    expect(patterns.length).toBeGreaterThan(10);
    for (const pattern of patterns) {
      expect(pattern).not.toMatch(/\(\?[=!<]|\\[1-9]/);
      for (const [, count] of pattern.matchAll(/,?(\d+)\}/g)) expect(Number(count)).toBeLessThanOrEqual(1000);
    }
  });

  it('describes every key', () => {
    const undescribed = Object.entries(schema.properties).filter(
      ([, property]) => typeof Object(property).description !== 'string',
    );
    expect(undescribed).toEqual([]);
  });
});
