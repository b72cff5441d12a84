import {
  Bool,
  type DataType,
  Field,
  Float64,
  Int64,
  List,
  TimestampMicrosecond,
  Uint64,
  Utf8,
} from '@apache-arrow/esnext-esm';
import { JSONType } from '@cloudquery/plugin-sdk-javascript/types/json';
import { UUIDType } from '@cloudquery/plugin-sdk-javascript/types/uuid';

/** What a column may hold; in PostgreSQL text, boolean, bigint, bigint, double precision, timestamp, text[], jsonb, uuid. */
export type Kind =
  | 'text'
  | 'boolean'
  | 'integer'
  | 'unsigned'
  | 'number'
  | 'timestamp'
  | 'text_list'
  | 'json'
  | 'uuid';

/** The Arrow type of each. */
export const arrowTypes: Readonly<Record<Kind, DataType>> = {
  text: new Utf8(),
  boolean: new Bool(),
  integer: new Int64(),
  unsigned: new Uint64(),
  number: new Float64(),
  timestamp: new TimestampMicrosecond(),
  text_list: new List(new Field('item', new Utf8(), true)),
  json: new JSONType(),
  uuid: new UUIDType(),
};
