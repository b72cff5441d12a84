import { pluginV3 } from '@cloudquery/plugin-pb-javascript';
import fc from '../random.ts';

const { Init, Sync, GetTables } = pluginV3.cloudquery.plugin.v3;
const service = '/cloudquery.plugin.v3.Plugin/';

/** One call of the service, as bytes. */
export interface Call {
  readonly method: string;
  readonly request: Uint8Array;
}

const methods = [
  'GetName',
  'GetVersion',
  'GetSpecSchema',
  'Init',
  'GetTables',
  'Sync',
  'Read',
  'Write',
  'Transform',
  'TransformSchema',
  'TestConnection',
  'Close',
  'NoSuchMethod',
].map((name) => `${service}${name}`);

/** JSON that is not a spec, or hardly: of every type, with keys that mean something, deep, long, in every script. */
const almostSpec = fc.oneof(
  fc.json({ maxDepth: 6 }),
  fc.string({ unit: 'binary', maxLength: 2_000 }),
  fc
    .record(
      {
        org: fc.anything(),
        accounts: fc.anything(),
        regions: fc.anything(),
        concurrency: fc.anything(),
        requests_per_second: fc.anything(),
        resource_services: fc.anything(),
        custom_endpoint_url: fc.anything(),
        __proto__: fc.anything(),
        constructor: fc.anything(),
      },
      { requiredKeys: [] },
    )
    .map(
      (spec) => JSON.stringify(spec, (_, value) => (typeof value === 'bigint' ? Number(value) : value)) ?? '',
    ),
  fc.integer({ min: 1, max: 200_000 }).map((depth) => '['.repeat(depth)),
  fc.integer({ min: 1, max: 50_000 }).map((depth) => `{"org":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`),
  fc.integer({ min: 1, max: 3_000_000 }).map((length) => JSON.stringify({ regions: ['x'.repeat(length)] })),
  fc
    .integer({ min: 1, max: 100_000 })
    .map((count) => JSON.stringify({ regions: Array(count).fill('eu-west-1') })),
);

const text = fc.string({ unit: 'binary', maxLength: 200 });
const number = fc.integer();

/** Requests that are what the protocol has, and ask for nonsense. */
const wellFormed: fc.Arbitrary<Call> = fc.oneof(
  almostSpec.map((spec) => ({
    method: `${service}Init`,
    request: new Init.Request({ spec: new TextEncoder().encode(spec) }).serialize(),
  })),
  fc
    .record({
      tables: fc.array(text),
      skip_tables: fc.array(text),
      num: number,
      total: number,
      connection: text,
    })
    .map(({ tables, skip_tables, num, total, connection }) => {
      const shard = new Sync.Request.Shard({ num, total });
      const backend = new Sync.BackendOptions({ connection, table_name: 'state' });
      const request = new Sync.Request({ tables, skip_tables, shard, backend }).serialize();
      return { method: `${service}Sync`, request };
    }),
  fc.array(text).map((tables) => ({
    method: `${service}GetTables`,
    request: new GetTables.Request({ tables, skip_tables: tables }).serialize(),
  })),
);

/** Requests that are no messages: bytes, or a message that was cut or changed on the way. */
const malformed: fc.Arbitrary<Call> = fc.oneof(
  fc.record({ method: fc.constantFrom(...methods), request: fc.uint8Array({ maxLength: 5_000 }) }),
  fc
    .record({ call: wellFormed, at: fc.nat(), byte: fc.nat(255), cut: fc.boolean() })
    .map(({ call: { method, request }, at, byte, cut }) => {
      const place = request.length === 0 ? 0 : at % request.length;
      const changed = cut
        ? request.slice(0, place)
        : request.map((each, index) => (index === place ? byte : each));
      return { method, request: changed };
    }),
);

/** What somebody sends who does not know the protocol, or knows it too well. */
export const nonsense: fc.Arbitrary<Call> = fc.oneof(wellFormed, malformed);

/** What somebody sends who takes the port for another service. */
export const noise: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ maxLength: 20_000 }),
  fc
    .constantFrom('GET / HTTP/1.1\r\n\r\n', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', '\u0016\u0003\u0001')
    .map((words) => new TextEncoder().encode(words)),
  fc
    .uint8Array({ maxLength: 5_000 })
    .map(
      (bytes) => new Uint8Array([...new TextEncoder().encode('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), ...bytes]),
    ),
);
