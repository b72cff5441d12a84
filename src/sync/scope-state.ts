import { z } from 'zod';
import { formatGenerations, type GenerationSet, noGenerations, parseGenerations } from './generation-set.ts';

/** What the state knows of the rows that are listed, and so deleted, together. */
export interface UnitState {
  /** The generations that may have rows. */
  readonly rows: GenerationSet;
  /** Generations whose rows were deleted once, and are deleted once more: the destination may have lost the deletion. */
  readonly superseded: GenerationSet;
  /** Of a line of coverage: when its table was last listed completely there; null when never. */
  readonly completeAt: Date | null;
}

/** What the state knows of one scope. */
export interface ScopeState {
  /** The organization that the account was last known to be in; null when it was in none or that was not known. */
  readonly organizationId: string | null;
  /** By the unit's name. */
  readonly units: ReadonlyMap<string, UnitState>;
}

export const emptyUnit: UnitState = { rows: noGenerations, superseded: noGenerations, completeAt: null };
export const emptyScope: ScopeState = { organizationId: null, units: new Map() };

const generations = z.string().transform((text, context) => {
  const set = parseGenerations(text);
  if (set) return set;
  context.addIssue({ code: 'custom', message: 'these are no generations' });
  return z.NEVER;
});

const form = z.strictObject({
  version: z.literal(1),
  organization: z.string().nullish(),
  units: z.record(
    z.string(),
    z.strictObject({
      rows: generations.optional(),
      superseded: generations.optional(),
      complete: z.iso.datetime().optional(),
    }),
  ),
});

/** The scope of a value of the state. @throws Error when the value is damaged or of another version of the plugin */
export function parseScope(value: string): ScopeState {
  const { organization, units } = form.parse(JSON.parse(value));
  return {
    organizationId: organization ?? null,
    units: new Map(
      Object.entries(units).map(([name, { rows, superseded, complete }]) => [
        name,
        {
          rows: rows ?? noGenerations,
          superseded: superseded ?? noGenerations,
          completeAt: complete === undefined ? null : new Date(complete),
        },
      ]),
    ),
  };
}

/** The value of the state for a scope. Units of which nothing is known are left out. */
export function formatScope({ organizationId, units }: ScopeState): string {
  const known = [...units].flatMap(([name, { rows, superseded, completeAt }]) => {
    if (rows.length === 0 && superseded.length === 0 && completeAt === null) return [];
    const unit = {
      ...(rows.length > 0 && { rows: formatGenerations(rows) }),
      ...(superseded.length > 0 && { superseded: formatGenerations(superseded) }),
      ...(completeAt && { complete: completeAt.toISOString() }),
    };
    return [[name, unit] as const];
  });
  return JSON.stringify({
    version: 1,
    ...(organizationId !== null && { organization: organizationId }),
    units: Object.fromEntries(known),
  });
}
