#!/usr/bin/env -S node --heap-growing-percent=40
import type { Writable } from 'node:stream';
import { newPlugin, newUnimplementedDestination } from '@cloudquery/plugin-sdk-javascript/plugin/plugin';
import { sync } from '@cloudquery/plugin-sdk-javascript/scheduler';
import { pathResolver } from '@cloudquery/plugin-sdk-javascript/schema/resolvers';
import { filterTables, type Table as SdkTable } from '@cloudquery/plugin-sdk-javascript/schema/table';
import { Admission } from '../src/aws/admission.ts';
import { connectAws } from '../src/aws/aws.ts';
import { sdkCommand } from '../src/cloudquery/command.ts';
import { noIam } from '../src/enumerate/iam-readings.ts';
import { regionEnumerators } from '../src/enumerate/index.ts';
import { KeysAhead } from '../src/enumerate/keys-ahead.ts';
import { Scopes } from '../src/enumerate/scopes.ts';
import { regionsOf } from '../src/organization/regions.ts';
import { walkOrganization } from '../src/organization/walk.ts';
import { organizationKnowledge } from '../src/posture/access/knowledge.ts';
import { publishedQuotas } from '../src/services/quotas.ts';
import { parseSpec } from '../src/spec/parse.ts';
import { sdkTable } from '../src/sync/encode.ts';
import { walkNeeds } from '../src/sync/walk-needs.ts';
import { keyAliases } from '../src/tables/key-aliases.ts';
import { keys } from '../src/tables/keys.ts';
import type { Table } from '../src/tables/table.ts';

/** The same reads and tables under the SDK's own scheduler: what the sync loop of the plugin is measured against. */

const log = { debug() {}, info() {}, warn() {}, error() {} };

async function benchTables(text: string): Promise<SdkTable[]> {
  const { settings } = parseSpec(text);
  const { signal } = new AbortController();
  const aws = connectAws({ ...settings.aws, quotas: publishedQuotas }, { signal });
  const walk = await walkOrganization({ ...settings.organization, ...walkNeeds([]) }, aws);
  const scopes = new Scopes(aws, walk.sessionOf, log, []);
  const admission = new Admission(aws.requests);
  const turns = { keys: admission.lane(256), ahead: new KeysAhead(4_096), things: admission.lane(256) };
  const knowledge = organizationKnowledge(walk.organization, {});
  const clients = await Promise.all(
    walk.plans.map(async (plan) => {
      const { enabled } = await regionsOf(plan, aws);
      return enabled.map((region) => ({ id: () => `${plan.account.id}/${region}`, plan, region }));
    }),
  );

  return [keys, keyAliases].map((table) => ({
    ...sdkTable(table as Table, false),
    columns: sdkTable(table as Table, false)
      .columns.filter(
        ({ name }) => name !== '_cq_id' && name !== '_cq_parent_id' && name !== 'sync_generation',
      )
      // The SDK's encoder refuses columns that are declared never to be null.
      .map((column) => ({ ...column, notNull: false, resolver: pathResolver(column.name) })),
    multiplexer: () => clients.flat(),
    async resolver(client, _parent, stream: Writable) {
      const { plan, region } = client as (typeof clients)[number][number];
      const { account, partition } = plan;
      const scope = { accountId: account.id, accountName: account.name, region, partition };
      await scopes.use(account.id, region, async ({ kms, ram }) => {
        const sink = {
          selected: (each: Table) => each === table,
          write: async (_table: Table, row: unknown) => void stream.write(row),
          leftOut() {},
          valueMissing() {},
          rowsMissing() {},
          listingFailed() {},
        };
        const options = {
          includeGrants: true,
          includeKeyLastUsage: false,
          includeKeyMetrics: false,
          includeIam: false,
        };
        const visit = {
          scope,
          scopes,
          organization: walk.organization,
          knowledge,
          knowledgeWithPolicies: Promise.resolve(knowledge),
          iam: noIam,
          options,
          sink,
          selected: new Set([table as Table]),
          turns,
          kms,
          ram,
          now: new Date(),
          signal,
        };
        for (const enumerator of regionEnumerators) {
          if (enumerator.tables.includes(table as Table)) await enumerator.visit(visit);
        }
      });
    },
  }));
}

const plugin = newPlugin('bench', '0.0.0', async (logger, text) => ({
  ...newUnimplementedDestination(),
  tables: async () => [],
  close: async () => {},
  async sync({ tables, skipTables, skipDependentTables, deterministicCQId, stream }) {
    const chosen = filterTables(await benchTables(text), tables, skipTables, skipDependentTables);
    const client = { id: () => 'bench' };
    await sync({ logger, client, tables: chosen, stream, deterministicCQId, concurrency: 1000 });
  },
}));

process.once('SIGTERM', () => process.exit(0));
sdkCommand(plugin).parse();
