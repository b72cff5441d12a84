import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kmsKeys } from '../../src/enumerate/kms-keys.ts';
import { nextGeneration } from '../../src/sync/generations.ts';
import { type PlanRules, planScope, registration } from '../../src/sync/scope-plan.ts';
import { formatScope, parseScope } from '../../src/sync/scope-state.ts';
import { type Unit, unitsListedBy } from '../../src/sync/units.ts';

/*
 * A long history of one account: things come and go in AWS, and syncs list them wholly or in part, crash, lose what
 * they sent, or run without a state in between. The destination does what it is told, as far as it hears it.
 */

const regions = ['us-east-1', 'eu-west-1'] as const;
type Region = (typeof regions)[number];
const accountId = '111122223333';
const [unit] = unitsListedBy(kmsKeys).map((listed) => listed.unit) as [Unit];

/** How a sync ends. Of `sent` messages the destination heard a share. */
type End =
  | { readonly kind: 'delivered' }
  /** Killed before the state was told of the deletions; `share` of the messages had arrived. */
  | { readonly kind: 'killed'; readonly share: number }
  /** The state was told, and the destination lost the rest. */
  | { readonly kind: 'lost'; readonly share: number };

interface Sync {
  /** Keys by region after what happened in AWS. */
  readonly aws: Readonly<Record<Region, readonly number[]>>;
  /** Which keys the listing gave before it failed; null: all, to its end. */
  readonly listed: Readonly<Record<Region, readonly number[] | null>>;
  readonly isRegistered: boolean;
  readonly withState: boolean;
  readonly end: End;
}

const keys = fc.uniqueArray(fc.nat(5));
const byRegion = <T>(of: fc.Arbitrary<T>) => fc.record({ 'us-east-1': of, 'eu-west-1': of });
const share = fc.double({ min: 0, max: 1, noNaN: true });
const often = <T>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary });
const syncs: fc.Arbitrary<Sync> = fc.record({
  aws: byRegion(keys),
  listed: byRegion(fc.option(keys, { freq: 3 })),
  isRegistered: fc.boolean(),
  withState: fc.oneof(often(8, fc.constant(true)), often(1, fc.constant(false))),
  end: fc.oneof<fc.WeightedArbitrary<End>[]>(
    often(4, fc.constant({ kind: 'delivered' })),
    often(2, fc.record({ kind: fc.constant('killed'), share })),
    often(2, fc.record({ kind: fc.constant('lost'), share })),
  ),
});

type Message =
  | { readonly kind: 'upsert'; readonly row: string; readonly generation: number }
  | { readonly kind: 'delete'; readonly region: Region; readonly generation: number };

/** The destination: generations by row, named `<region> <key>`. */
type Destination = Map<string, number>;

function apply(destination: Destination, message: Message): void {
  if (message.kind === 'upsert') destination.set(message.row, message.generation);
  else {
    for (const [row, generation] of destination) {
      const isMeant = row.startsWith(`${message.region} `) && generation === message.generation;
      if (isMeant) destination.delete(row);
    }
  }
}

class Laboratory {
  readonly destination: Destination = new Map();
  readonly state = new Map<Region, string>();
  /**
   * Complete syncs of the region whose end the destination lost, since one arrived whole. The state remembers what
   * it deleted for one more complete sync, so two in a row are beyond it, for good.
   */
  readonly lost = { 'us-east-1': 0, 'eu-west-1': 0 };

  sync({ aws, listed, isRegistered, withState, end }: Sync): void {
    if (!withState) {
      this.#syncWithoutState(aws);
      return;
    }
    const generation = nextGeneration(
      [...this.state.values()].flatMap((value) => [...parseScope(value).units.values()]),
    );
    const rules: PlanRules = { generation, isCoverage: () => false, mayDelete: true, unitNamed: () => unit };
    const rows: Message[] = [];
    const deletions: Message[] = [];
    const ends = new Map<Region, string>();
    for (const region of regions) {
      const value = this.state.get(region);
      const before = value === undefined ? null : parseScope(value);
      const registered = registration(before, [unit], { generation, organizationId: null });
      if (!isRegistered && end.kind === 'killed') return;
      this.state.set(region, formatScope(registered));
      const found = aws[region].filter((key) => listed[region]?.includes(key) ?? true);
      for (const key of found) rows.push({ kind: 'upsert', row: `${region} ${key}`, generation });
      const outcome = { rows: found.length, isComplete: listed[region] === null, completeAt: null };
      const units = new Map([[unit.name, [unit, outcome] as const]]);
      const findings = { units, ramKeys: null, organizationId: null, isTurnOfZero: true };
      const plan = planScope({ accountId, region }, before, findings, 'stated', rules);
      ends.set(region, formatScope(plan.next));
      for (const { place, generations } of plan.deletions) {
        expect(unit.where(place)).toMatchObject({ account_id: accountId, region });
        for (const older of generations) deletions.push({ kind: 'delete', region, generation: older });
      }
    }
    const sent = [...rows, ...deletions];
    const heard = end.kind === 'delivered' ? sent.length : Math.floor(end.share * sent.length);
    for (const message of sent.slice(0, heard)) apply(this.destination, message);
    if (end.kind === 'killed') return;
    for (const region of regions) {
      this.state.set(region, ends.get(region) as string);
      if (listed[region] !== null) continue;
      if (heard < sent.length) this.lost[region] += 1;
      else if (this.lost[region] === 1) this.lost[region] = 0;
    }
  }

  /** The CLI deletes what was not written again. */
  #syncWithoutState(aws: Sync['aws']): void {
    this.destination.clear();
    for (const region of regions) {
      this.lost[region] = 0;
      for (const key of aws[region]) this.destination.set(`${region} ${key}`, 0);
    }
  }

  rowsOf(region: Region): string[] {
    return [...this.destination.keys()].filter((row) => row.startsWith(`${region} `)).sort();
  }
}

const histories = fc.array(syncs, { minLength: 1, maxLength: 12 });

test('no row is ever deleted that exists in AWS, or whose region was not listed completely by that very sync', () => {
  fc.assert(
    fc.property(histories, (history) => {
      const laboratory = new Laboratory();
      for (const sync of history) {
        const before = new Map(regions.map((region) => [region, laboratory.rowsOf(region)]));
        laboratory.sync(sync);
        if (!sync.withState) continue;
        for (const region of regions) {
          const mayGo = (row: string) =>
            sync.listed[region] === null && !sync.aws[region].includes(Number(row.split(' ')[1]));
          const gone = (before.get(region) ?? []).filter((row) => !laboratory.rowsOf(region).includes(row));
          expect(gone.filter((row) => !mayGo(row))).toEqual([]);
        }
      }
    }),
    { numRuns: 2000 },
  );
});

test('a complete sync that arrives heals all that came before it: the rows are those of AWS, no more, no less', () => {
  fc.assert(
    fc.property(histories, (history) => {
      const laboratory = new Laboratory();
      for (const sync of history) {
        laboratory.sync(sync);
        if (sync.end.kind !== 'delivered' || !sync.withState) continue;
        for (const region of regions) {
          if (sync.listed[region] !== null || laboratory.lost[region] > 1) continue;
          expect(laboratory.rowsOf(region)).toEqual(sync.aws[region].map((key) => `${region} ${key}`).sort());
        }
      }
    }),
    { numRuns: 2000 },
  );
});
