import { describe, expect, it } from 'vitest';
import { shareResource } from '../../lab/aws/ram-shares.ts';
import type { Fault } from './read-service.ts';
import { accountId, admitting, reader, readService, region, regionOfKeys, seen } from './region-of-keys.ts';

const foreignId = '444444444444';

/** Models, guardrails and agents under every sort of key, shared in every way. */
function world() {
  const { organization, account, add, own, foreign } = regionOfKeys();
  add.customModel({ id: 'm-default' });
  add.customModel({ id: 'm-own', keyArn: own });
  add.customModel({ id: 'm-foreign', keyArn: foreign, policy: admitting('bedrock:CreateModelCopyJob') });
  add.customModel({ id: 'm-run', policy: admitting('bedrock:CreateCustomModelDeployment') });
  add.customModel({ id: 'm-seen', policy: admitting('bedrock:GetCustomModel') });
  add.customModel({ id: 'm-ram', keyArn: own });
  shareResource(account, `arn:aws:bedrock:${region}:${accountId}:custom-model/m-ram`, [reader]);
  add.importedModel({ id: 'i-default' });
  add.importedModel({ id: 'i-own', keyArn: own });
  add.guardrail({ id: 'g-default' });
  add.guardrail({ id: 'g-own', keyArn: own, policy: admitting('bedrock:ApplyGuardrail') });
  add.guardrail({ id: 'g-read', keyArn: own, policy: admitting(['bedrock:GetGuardrail']) });
  // No policy of a guardrail gives more than those two.
  add.guardrail({ id: 'g-void', keyArn: own, policy: admitting('bedrock:DeleteGuardrail') });
  add.agent({ id: 'a-default' });
  add.agent({ id: 'a-foreign', keyArn: foreign });
  return organization;
}

async function rowsOf(...faults: readonly Fault[]) {
  const read = await readService(world(), 'bedrock', ...faults);
  const columns = ['resource_type', 'encryption_state', 'key_account_id', 'cross_account_read'];
  return { ...read, seen: seen(read, ...columns, 'shared_account_ids') };
}

describe('what is read of Bedrock', () => {
  it('is the keys of models, guardrails and agents, and whom policies and AWS RAM let in', async () => {
    const read = await rowsOf();
    expect(read.seen).toEqual([
      ['a-default', 'agent', 'aws_owned', null, null, []],
      ['a-foreign', 'agent', 'kms', foreignId, null, []],
      ['g-default', 'guardrail', 'unknown', null, 'not_shared', []],
      ['g-own', 'guardrail', 'kms', accountId, 'not_shared', [reader]],
      ['g-read', 'guardrail', 'kms', accountId, 'blocked_by_key_policy', [reader]],
      ['g-void', 'guardrail', 'kms', accountId, 'not_shared', []],
      ['i-default', 'imported_model', 'aws_owned', null, null, []],
      ['i-own', 'imported_model', 'kms', accountId, null, []],
      ['m-default', 'custom_model', 'aws_owned', null, 'not_shared', []],
      ['m-foreign', 'custom_model', 'kms', foreignId, 'blocked_by_key_policy', [reader]],
      ['m-own', 'custom_model', 'kms', accountId, 'not_shared', []],
      ['m-ram', 'custom_model', 'kms', accountId, 'blocked_by_key_policy', [reader]],
      ['m-run', 'custom_model', 'aws_owned', null, 'no_kms_barrier', [reader]],
      ['m-seen', 'custom_model', 'aws_owned', null, 'not_shared', [reader]],
    ]);
    expect([...read.sink.said]).toEqual([]);
    expect(read.rows.map(({ arn }) => arn)).toContain(
      `arn:aws:bedrock:${region}:${accountId}:agent/a-default`,
    );
  });

  it.each([
    ['bedrock:GetCustomModel', 6],
    ['bedrock:GetImportedModel', 2],
    ['bedrock:GetGuardrail', 4],
    ['bedrock:GetAgent', 2],
  ])('is not known where %s is denied or says nothing', async (operation, count) => {
    for (const kind of ['deny', 'empty_body', 'bare_object'] as const) {
      const { rows } = await rowsOf({ operation, effect: { kind } });
      const failed = rows.filter(({ errors }) => errors !== null);
      expect(failed.map((row) => [row.encryption_state, Object.keys(row.errors ?? {})])).toEqual(
        Array(count).fill([null, [operation]]),
      );
    }
  });

  it('is not who is let in, where policies are denied', async () => {
    const operation = 'bedrock:GetResourcePolicy';
    const { rows } = await rowsOf({ operation, effect: { kind: 'deny' } });
    const failed = rows.filter(({ errors }) => Object.hasOwn(errors ?? {}, operation));
    expect(failed).toHaveLength(10);
    // Whom RAM lets in is known all the same.
    for (const { arn, cross_account_read } of failed)
      expect(cross_account_read).toBe(String(arn).endsWith('/m-ram') ? 'partly_blocked' : 'unknown');
  });

  it.each(['ListCustomModels', 'ListImportedModels', 'ListGuardrails', 'ListAgents'])(
    'goes to the last page of %s, and is not whole where it fails',
    async (name) => {
      const operation = `bedrock:${name}`;
      const paged = await rowsOf({ operation, effect: { kind: 'short_pages', entries: 1 } });
      expect(paged.seen).toEqual((await rowsOf()).seen);
      const { sink } = await rowsOf({ operation, effect: { kind: 'empty_body' } });
      expect([...sink.said].join()).toContain(`listing failed: resources ${operation}`);
    },
  );
});
