/** What the scripted source does: its plugin spec. */
export interface Script {
  readonly tables: readonly ScriptTable[];
  readonly steps: readonly Step[];
}

export interface ScriptTable {
  readonly name: string;
  readonly columns: Readonly<Record<string, ColumnType>>;
  readonly primaryKey?: readonly string[];
  readonly unique?: readonly string[];
  readonly notNull?: readonly string[];
  readonly incremental?: boolean;
}

/** `timestamp`: milliseconds since 1970, with a fraction. `bigint`: digits. `bytes` and `uuid`: hex. */
export type ScalarType =
  | 'text'
  | 'boolean'
  | 'smallint'
  | 'integer'
  | 'bigint'
  | 'unsigned'
  | 'double'
  | 'real'
  | 'timestamp'
  | 'milliseconds'
  | 'date'
  | 'json'
  | 'uuid'
  | 'bytes';
export type ColumnType = ScalarType | `${ScalarType}[]`;

export type Row = Readonly<Record<string, unknown>>;

/** Groups of column = value, all of which must hold; within a group all, or with `any` one. */
export type Where = readonly { readonly any?: boolean; readonly equals: Row }[];

/** Tables below others, each with its parent. */
export type Relations = Readonly<Record<string, string>>;

export type Step =
  | { readonly insert: string; readonly rows: readonly Row[] }
  | {
      readonly delete: string;
      readonly where: Where;
      readonly relations?: Relations;
    }
  /** Writes rows to the state backend, reads them back and inserts them, sorted, into the table `into`. */
  | { readonly state: readonly Row[]; readonly into: string }
  | { readonly fail: string }
  /** Keeps the stream open until the process is ended. */
  | { readonly wait: true };
