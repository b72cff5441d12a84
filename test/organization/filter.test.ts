import { describe, expect, it } from 'vitest';
import {
  type AccountFilter,
  emptyUnits,
  needsUnits,
  skipReason,
  strangersAmong,
} from '../../src/organization/filter.ts';
import type { SkipReason } from '../../src/organization/model.ts';

const nothing: AccountFilter = { organizationUnits: [], skipOrganizationUnits: [], skipMemberAccounts: [] };
const id = '222222222222';
/** root → workloads → production */
const production = ['r-exam', 'ou-exam-workload', 'ou-exam-producti'];

describe('whether an account is read', () => {
  it.each<
    [
      why: string,
      state: string | null,
      units: string[] | null,
      filter: Partial<AccountFilter>,
      skip: SkipReason | null,
    ]
  >([
    ['no filter', 'ACTIVE', production, {}, null],
    ['no filter, place unknown', 'ACTIVE', null, {}, null],
    ['its own unit is chosen', 'ACTIVE', production, { organizationUnits: ['ou-exam-producti'] }, null],
    ['a unit above is chosen', 'ACTIVE', production, { organizationUnits: ['ou-exam-workload'] }, null],
    ['the root is chosen', 'ACTIVE', production, { organizationUnits: ['r-exam'] }, null],
    [
      'another unit is chosen',
      'ACTIVE',
      production,
      { organizationUnits: ['ou-exam-security'] },
      'not_selected',
    ],
    [
      'one of two chosen units',
      'ACTIVE',
      production,
      { organizationUnits: ['ou-exam-security', 'ou-exam-producti'] },
      null,
    ],
    [
      'a unit is chosen, place unknown',
      'ACTIVE',
      null,
      { organizationUnits: ['ou-exam-producti'] },
      'not_selected',
    ],
    [
      'its unit is skipped',
      'ACTIVE',
      production,
      { skipOrganizationUnits: ['ou-exam-producti'] },
      'not_selected',
    ],
    [
      'a unit above is skipped',
      'ACTIVE',
      production,
      { skipOrganizationUnits: ['ou-exam-workload'] },
      'not_selected',
    ],
    [
      'a unit is skipped below the one chosen',
      'ACTIVE',
      production,
      { organizationUnits: ['ou-exam-workload'], skipOrganizationUnits: ['ou-exam-producti'] },
      'not_selected',
    ],
    [
      'a unit is chosen below the one skipped',
      'ACTIVE',
      production,
      { organizationUnits: ['ou-exam-producti'], skipOrganizationUnits: ['ou-exam-workload'] },
      'not_selected',
    ],
    ['another unit is skipped', 'ACTIVE', production, { skipOrganizationUnits: ['ou-exam-security'] }, null],
    ['the account is skipped', 'ACTIVE', production, { skipMemberAccounts: [id] }, 'not_selected'],
    [
      'the account is skipped below a chosen unit',
      'ACTIVE',
      production,
      { organizationUnits: ['r-exam'], skipMemberAccounts: [id] },
      'not_selected',
    ],
    ['another account is skipped', 'ACTIVE', production, { skipMemberAccounts: ['333333333333'] }, null],
    ['pending activation', 'PENDING_ACTIVATION', production, {}, 'account_pending_activation'],
    ['suspended', 'SUSPENDED', production, {}, 'account_suspended'],
    ['closed', 'CLOSED', production, {}, 'account_closed'],
    ['pending closure still works', 'PENDING_CLOSURE', production, {}, null],
    ['AWS says nothing of its state', null, production, {}, null],
    ['a state of tomorrow', 'HIBERNATING', production, {}, null],
    ['suspended, and not chosen', 'SUSPENDED', production, { skipMemberAccounts: [id] }, 'not_selected'],
    [
      'suspended, and chosen',
      'SUSPENDED',
      production,
      { organizationUnits: ['r-exam'] },
      'account_suspended',
    ],
  ])('%s', (_why, state, organizationalUnits, filter, skip) => {
    expect(skipReason({ id, state, organizationalUnits }, { ...nothing, ...filter })).toBe(skip);
  });
});

it('needs the units only for filters of units', () => {
  expect(needsUnits(nothing)).toBe(false);
  expect(needsUnits({ ...nothing, skipMemberAccounts: [id] })).toBe(false);
  expect(needsUnits({ ...nothing, organizationUnits: ['r-exam'] })).toBe(true);
  expect(needsUnits({ ...nothing, skipOrganizationUnits: ['ou-exam-producti'] })).toBe(true);
});

it('knows chosen units that hold no account', () => {
  const accounts = [{ id, state: 'ACTIVE', organizationalUnits: production }];
  const filter = { ...nothing, organizationUnits: ['ou-exam-workload', 'ou-exam-slip'] };
  expect(emptyUnits(accounts, filter)).toEqual(['ou-exam-slip']);
});

it('says what is to be left out and is not there', () => {
  const accounts = [{ id, state: 'ACTIVE', organizationalUnits: production }];
  const there = { skipOrganizationUnits: ['ou-exam-workload'], skipMemberAccounts: [id] };
  expect(strangersAmong(accounts, { ...nothing, ...there })).toEqual([]);
  const gone = { skipOrganizationUnits: ['ou-exam-slip'], skipMemberAccounts: ['999900001111'] };
  expect(strangersAmong(accounts, { ...nothing, ...gone })).toEqual([
    'No account is below ou-exam-slip of skip_organization_units: nothing is left out by it.',
    'Account 999900001111 of skip_member_accounts is not in the organization: it may have left.',
  ]);
});
