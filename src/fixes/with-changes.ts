import { isObject } from '../fix-column.ts';
import { type Replaced, replacedOf } from './replaced.ts';
import { type Ask, type UsesOfKey, usesOfKeys } from './uses-of-keys.ts';
import { changedBeside, notKnown, openedBeside } from './words.ts';

/** A column `fix`, and of what: the ARN of its row, null where there is none. */
export interface FixOf {
  readonly fix: unknown;
  readonly resource: string | null;
}

type Raw = Readonly<Record<string, unknown>>;

/**
 * Fixes in which each step that makes a key usable again or puts another in its place lists under `also` what else
 * changes by it, a line each. A sync cannot: it writes a row before it has read what else is under the key.
 * @param ask null: the views that know are not there, and the steps say so. @returns in the same order
 */
export async function withChanges(fixes: readonly FixOf[], ask: Ask | null): Promise<readonly unknown[]> {
  const steps = fixes.flatMap(({ fix, resource }) => stepsOf(fix).map((step) => ({ step, resource })));
  const enabled = steps.flatMap(({ step }) => (enables(step) ? [String(step.on)] : []));
  const resources = steps.flatMap(({ step, resource }) =>
    creates(step) && resource !== null ? [resource] : [],
  );
  if (enabled.length + resources.length === 0) return fixes.map(({ fix }) => fix);
  const replaced = ask === null ? new Map<string, Replaced>() : await replacedOf(resources, ask);
  const keys = [...enabled, ...[...replaced.values()].flatMap((one) => one.keys)];
  const named = fixes.flatMap(({ resource }) => resource ?? []);
  const uses = ask === null ? new Map<string, UsesOfKey>() : await usesOfKeys(keys, named, ask);
  const alsoOf = (step: Raw, resource: string | null): readonly string[] | null => {
    if (enables(step)) {
      const ofKey = uses.get(String(step.on));
      return ofKey === undefined ? [notKnown] : openedBeside(resource, ofKey);
    }
    if (!creates(step)) return null;
    const of = resource === null ? undefined : replaced.get(resource);
    if (resource === null || of === undefined) return [notKnown];
    return changedBeside(
      resource,
      of,
      of.keys.flatMap((key) => uses.get(key) ?? []),
    );
  };
  return fixes.map(({ fix, resource }) =>
    stepsOf(fix).length === 0 ? fix : told(fix, (step) => alsoOf(step, resource)),
  );
}

const stepsOf = (fix: unknown): readonly Raw[] =>
  (Array.isArray(fix) ? fix : []).flatMap((entry) =>
    isObject(entry) && Array.isArray(entry.steps) ? entry.steps.filter(isObject) : [],
  );

const enables = ({ kind, command }: Raw): boolean => kind === 'enable_key' && typeof command === 'string';
/** The step that makes the new key; others put the resource under it. */
const creates = ({ kind, statement }: Raw): boolean => kind === 'replace_key' && isObject(statement);

const told = (fix: unknown, alsoOf: (step: Raw) => readonly string[] | null): unknown =>
  (fix as readonly unknown[]).map((entry) =>
    isObject(entry) && Array.isArray(entry.steps)
      ? {
          ...entry,
          steps: entry.steps.map((step: unknown) => {
            const also = isObject(step) ? alsoOf(step) : null;
            return also === null ? step : { ...(step as Raw), also };
          }),
        }
      : entry,
  );
