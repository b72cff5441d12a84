import {
  Table as ArrowTable,
  tableFromIPC,
  tableToIPC,
  Uint64,
  Utf8,
  vectorFromArray,
} from '@apache-arrow/esnext-esm';
import { createColumn } from '@cloudquery/plugin-sdk-javascript/schema/column';
import { createTable, encodeTable, toArrowSchema } from '@cloudquery/plugin-sdk-javascript/schema/table';

/** One value of the state. Of two rows of a key, in a destination that only appends, the higher version is the newer. */
export interface StateRow {
  readonly key: string;
  readonly value: string;
  readonly version: bigint;
}

/** The table in which CloudQuery's own SDK keeps state, too: `key` and `value` are texts, `version` counts the writes. */
export class StateTable {
  readonly name: string;
  readonly #table;
  readonly #schema;

  constructor(name: string) {
    this.name = name;
    this.#table = createTable({
      name,
      columns: [
        createColumn({ name: 'key', type: new Utf8(), primaryKey: true, notNull: true }),
        createColumn({ name: 'value', type: new Utf8(), notNull: true }),
        createColumn({ name: 'version', type: new Uint64() }),
      ],
    });
    this.#schema = toArrowSchema(this.#table);
  }

  /** The Arrow IPC message that announces the table. */
  encode(): Uint8Array {
    return encodeTable(this.#table);
  }

  encodeRows(rows: readonly StateRow[]): Uint8Array {
    const columns = {
      key: vectorFromArray(
        rows.map(({ key }) => key),
        new Utf8(),
      ),
      value: vectorFromArray(
        rows.map(({ value }) => value),
        new Utf8(),
      ),
      version: vectorFromArray(
        rows.map(({ version }) => version),
        new Uint64(),
      ),
    };
    return tableToIPC(new ArrowTable(this.#schema, columns));
  }

  *decodeRows(record: Uint8Array): Generator<StateRow> {
    const table = tableFromIPC(record);
    const [keys, values, versions] = ['key', 'value', 'version'].map((name) => table.getChild(name));
    for (let row = 0; row < table.numRows; row++) {
      const version = versions?.get(row) ?? 0;
      yield { key: String(keys?.get(row)), value: String(values?.get(row) ?? ''), version: BigInt(version) };
    }
  }
}
