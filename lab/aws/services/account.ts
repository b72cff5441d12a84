import { failure } from '../failures.ts';
import { pageOfArray } from '../paging.ts';
import { pageSize, text } from '../protocol/input.ts';
import { restJsonWire } from '../protocol/rest-json.ts';
import { InvalidInput, type Output } from '../protocol/wire.ts';
import { regionStatus } from '../regions.ts';
import type { Call, Service } from '../service.ts';

/** AWS Account Management. */
export const account: Service = {
  name: 'account',
  wire: restJsonWire({ ListRegions: 'POST /listRegions' }),
  isGlobal: true,
  operations: {
    ListRegions: { paging: { size: 'MaxResults', token: 'NextToken' }, run: listRegions },
  },
};

function listRegions(call: Call): Output {
  const { organization } = call.world;
  const limit = pageSize(call.input, 'MaxResults', { max: 50, default: 50 });
  const subject = subjectOf(call);
  const wanted = call.input.RegionOptStatusContains;
  const regions = organization.regions
    .map(({ name, optIn }) => ({ RegionName: name, RegionOptStatus: regionStatus(subject, name, optIn) }))
    .filter((region) => !Array.isArray(wanted) || wanted.includes(region.RegionOptStatus));
  const page = pageOfArray(regions, {
    marker: text(call.input, 'NextToken'),
    limit,
    invalid: () => new InvalidInput('Invalid NextToken'),
  });
  return { Regions: page.items, ...(page.next === undefined ? {} : { NextToken: page.next }) };
}

/** With AccountId, the management account may ask for a member; it must leave out its own id. */
function subjectOf(call: Call) {
  const id = text(call.input, 'AccountId');
  if (id === undefined) return call.account;
  const { accounts, managementAccountId } = call.world.organization;
  const member = accounts.get(id);
  if (call.caller.accountId !== managementAccountId) throw failure(account, 'access_denied');
  if (id === managementAccountId) {
    throw new InvalidInput('The management account must not name itself as AccountId');
  }
  if (member === undefined || member.parentId === null) throw failure(account, 'access_denied');
  return member;
}
