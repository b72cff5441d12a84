import { describe, expect, expectTypeOf, it } from 'vitest';
import * as z from 'zod/mini';
import type { CheckedSpec, WrittenSpec } from '../../src/spec/definition.ts';
import { fieldDocs } from '../../src/spec/field.ts';
import { parseSpec } from '../../src/spec/parse.ts';
import { sections } from '../../src/spec/sections.ts';
import { nothingIsLeft, type Settings } from '../../src/spec/settings.ts';

describe('types', () => {
  it('of what is written and of the settings follow from the definition', () => {
    expectTypeOf<WrittenSpec['deletion']>().toEqualTypeOf<
      'scope' | 'generation' | 'none' | null | undefined
    >();
    expectTypeOf<CheckedSpec['max_retries']>().toEqualTypeOf<number>();
    expectTypeOf<CheckedSpec['custom_endpoint_url']>().toEqualTypeOf<string | null>();
    expectTypeOf<Settings['sync']['deletion']>().toEqualTypeOf<'scope' | 'generation' | 'none'>();
    expectTypeOf<Settings['organization']['regions']>().toEqualTypeOf<readonly string[]>();
  });

  it('refuse a key that has no place in the settings', () => {
    const takesAll = ({ history, ...left }: Pick<CheckedSpec, 'history' | 'scheduler'>) => {
      nothingIsLeft(left);
      return history;
    };
    const forgets = ({ history, ...left }: Pick<CheckedSpec, 'history' | 'max_retries'>) => {
      // @ts-expect-error max_retries is left
      nothingIsLeft(left);
      return history;
    };
    expectTypeOf(takesAll).returns.toEqualTypeOf<boolean>();
    expectTypeOf(forgets).returns.toEqualTypeOf<boolean>();
  });
});

/** A spec in which keys of a mapping have an effect, by where that mapping stands. */
const specWith: Readonly<Record<string, (keys: object) => unknown>> = {
  '': (keys) => ({ custom_endpoint_url: 'http://127.0.0.1:1', ...keys }),
  'accounts[]': (keys) => ({ accounts: [{ id: 'a', ...keys }] }),
  org: (keys) => ({ org: { member_role_name: 'r', ...keys } }),
  'org.admin_account': (keys) => ({ org: { member_role_name: 'r', admin_account: keys } }),
  'org.member_trusted_principal': (keys) => ({
    org: { member_role_name: 'r', member_trusted_principal: keys },
  }),
};

/** What a key may be beside its default. */
function otherThan(value: unknown, usual: unknown): unknown {
  if (value !== usual) return value;
  return typeof value === 'number' ? value / 2 : !value;
}

const keys = sections.flatMap(({ paths, shape }) =>
  paths.flatMap((path) =>
    Object.entries(shape).map(([name, schema]) => {
      const { example, default: usual } = fieldDocs.get(schema) ?? {};
      const hasEffect = z.safeParse(schema, example).data !== null;
      return { path, name, value: otherThan(example, usual), hasEffect };
    }),
  ),
);

const settings = (spec: unknown) => parseSpec(JSON.stringify(spec)).settings;

it.each(keys.filter(({ hasEffect }) => hasEffect))(
  '$path $name changes the settings',
  ({ path, name, value }) => {
    expect(settings(specWith[path]?.({ [name]: value }))).not.toEqual(settings(specWith[path]?.({})));
  },
);

it('keys without effect are those that say so', () => {
  const idle = keys.filter(({ hasEffect }) => !hasEffect).map(({ path, name }) => `${path} ${name}`.trim());
  const trusted = ['id', 'account_name', 'regions'];
  expect(idle).toEqual([
    'initialization_concurrency',
    'use_paid_apis',
    'table_options',
    'event_based_sync',
    'scheduler',
    ...trusted.map((name) => `org.admin_account ${name}`),
    ...trusted.map((name) => `org.member_trusted_principal ${name}`),
  ]);
});
