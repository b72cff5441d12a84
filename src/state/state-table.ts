import { decodeRecord, encodeRecord } from '../cloudquery/record.ts';
import { describeTable, type SdkTable } from '../cloudquery/table.ts';

/** One value of the state. Of two rows of a key, in a destination that only appends, the higher version is the newer. */
export interface StateRow {
  readonly key: string;
  readonly value: string;
  readonly version: bigint;
}

/** The table in which CloudQuery's own SDK keeps state, too: `key` and `value` are texts, `version` counts the writes. */
export class StateTable {
  readonly name: string;
  readonly description: SdkTable;

  constructor(name: string) {
    this.name = name;
    this.description = describeTable({
      name,
      columns: [
        { name: 'key', kind: 'text', primaryKey: true, notNull: true },
        { name: 'value', kind: 'text', notNull: true },
        { name: 'version', kind: 'unsigned' },
      ],
    });
  }

  encodeRows(rows: readonly StateRow[]): Uint8Array {
    return encodeRecord(
      this.description,
      rows.map(({ key, value, version }) => [key, value, version]),
    );
  }

  *decodeRows(record: Uint8Array): Generator<StateRow> {
    for (const { key, value, version } of decodeRecord(record)) {
      yield {
        key: String(key),
        value: String(value ?? ''),
        version: BigInt((version as bigint | null) ?? 0),
      };
    }
  }
}
