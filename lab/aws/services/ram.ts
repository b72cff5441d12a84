import { regionOf } from '../build.ts';
import { failure } from '../failures.ts';
import type { SimResourceShare } from '../model.ts';
import { pageOfArray } from '../paging.ts';
import { pageSize, requiredText, text } from '../protocol/input.ts';
import { restJsonWire } from '../protocol/rest-json.ts';
import type { Output } from '../protocol/wire.ts';
import type { Call, Service } from '../service.ts';

const paging = { size: 'maxResults', token: 'nextToken' } as const;

/** AWS Resource Access Manager: what an account shares, and with whom. */
export const ram: Service = {
  name: 'ram',
  wire: restJsonWire({ ListResources: 'POST /listresources', ListPrincipals: 'POST /listprincipals' }),
  failures: {
    throttled: [
      429,
      'ThrottlingException',
      'The operation failed because it exceeded the request rate quota.',
    ],
    internal: [500, 'ServerInternalException', 'The operation failed because the service could not respond.'],
  },
  operations: {
    ListResources: { paging, run: listResources },
    ListPrincipals: { paging, run: listPrincipals, resourceOf: (input) => text(input, 'resourceArn') },
  },
};

/** What RAM does not list (yet) has its place in a page all the same, so that pages come out short or empty. */
function listResources(call: Call): Output {
  const shares = ownShares(call);
  const all = shares.flatMap(({ arn, resources }) =>
    resources.map((resource) => ({ ...resource, resourceShareArn: arn })),
  );
  const page = pageFor(call, all);
  const resources = page.items
    .filter(({ listed }) => listed)
    .map(({ listed: _, ...resource }) => ({ ...resource, resourceRegionScope: 'REGIONAL' }));
  return { resources, nextToken: page.next };
}

/** Each once for each share that has it. */
function listPrincipals(call: Call): Output {
  const resourceArn = text(call.input, 'resourceArn');
  const all = ownShares(call)
    .filter(({ resources }) => resources.some(({ arn }) => resourceArn === undefined || arn === resourceArn))
    .flatMap(({ arn, principals }) => principals.map((id) => ({ id, resourceShareArn: arn })));
  const page = pageFor(call, all);
  return { principals: page.items, nextToken: page.next };
}

function ownShares(call: Call): readonly SimResourceShare[] {
  if (requiredText(call.input, 'resourceOwner') !== 'SELF') {
    throw failure(ram, 'invalid_input', 'The simulator lists what the account itself shares');
  }
  return regionOf(call.account, call.region).resourceShares;
}

const pageFor = <T>(call: Call, all: readonly T[]) =>
  pageOfArray(all, {
    marker: text(call.input, 'nextToken'),
    limit: pageSize(call.input, 'maxResults', { max: 500, default: 100 }),
    invalid: () => failure(ram, 'invalid_input', 'The specified value for NextToken is not valid.'),
  });
