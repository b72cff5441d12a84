import { enumeratorsLeftOut, regionEnumerators } from '../enumerate/index.ts';
import { leftOutOf } from '../services/choice.ts';
import type { Table } from '../tables/table.ts';
import { unitsListedBy } from './units.ts';

/** What a table lacks by the spec's choice of services. */
export interface LeftOutOfTable {
  /** The services, sorted. */
  readonly services: readonly string[];
  /** Whether any of them is read where the spec does not choose: the table is then less than its documentation says. */
  readonly isNarrowed: boolean;
}

/** What is told of resources and needs all of them: keys of others that they name. */
const ofAllResources: readonly Table[] = regionEnumerators
  .filter(({ afterResources }) => afterResources === true)
  .flatMap(({ tables }) => tables);

/** The services that the spec does not choose: nothing of them is called, and their rows of earlier syncs stay. */
export class LeftOutServices {
  /** The units in which earlier syncs may have left rows. */
  readonly units: ReadonlySet<string>;
  /** Those that are not read without a choice either: nobody counts on what they would have told. */
  readonly usually: readonly string[];
  readonly #byTable: ReadonlyMap<Table, LeftOutOfTable>;

  /**
   * @param chosen the services that are read
   * @param byDefault those that are read where the spec does not choose
   */
  constructor(chosen: readonly string[], byDefault?: readonly string[]) {
    const enumerators = enumeratorsLeftOut(chosen);
    this.units = new Set(enumerators.flatMap((each) => unitsListedBy(each).map(({ unit }) => unit.name)));
    const { names, namesByDefault } = leftOutOf(chosen, byDefault);
    this.usually = names.filter((name) => !namesByDefault.includes(name));
    const tables = new Set([...enumerators.flatMap((each) => each.tables), ...ofAllResources]);
    this.#byTable = new Map(
      [...tables].flatMap((table): [Table, LeftOutOfTable][] => {
        const services = names.filter(
          (name) =>
            ofAllResources.includes(table) ||
            enumerators.some((each) => each.name === name && each.tables.includes(table)),
        );
        const isNarrowed = services.some((name) => namesByDefault.includes(name));
        return services.length === 0 ? [] : [[table, { services, isNarrowed }]];
      }),
    );
  }

  /** Null: nothing. */
  of(table: Table): LeftOutOfTable | null {
    return this.#byTable.get(table) ?? null;
  }
}
