import { regionOf } from '../build.ts';
import { failure } from '../failures.ts';
import { pageOfArray } from '../paging.ts';
import { pageSize, requiredText, text } from '../protocol/input.ts';
import { restJsonWire } from '../protocol/rest-json.ts';
import type { Output } from '../protocol/wire.ts';
import type { Call, Service } from '../service.ts';

/** AWS Resource Access Manager: what an account shares. */
export const ram: Service = {
  name: 'ram',
  wire: restJsonWire({ ListResources: 'POST /listresources' }),
  failures: {
    throttled: [
      429,
      'ThrottlingException',
      'The operation failed because it exceeded the request rate quota.',
    ],
    internal: [500, 'ServerInternalException', 'The operation failed because the service could not respond.'],
  },
  operations: {
    ListResources: { paging: { size: 'maxResults', token: 'nextToken' }, run: listResources },
  },
};

/** What RAM does not list (yet) has its place in a page all the same, so that pages come out short or empty. */
function listResources(call: Call): Output {
  if (requiredText(call.input, 'resourceOwner') !== 'SELF') {
    throw failure(ram, 'invalid_input', 'The simulator lists what the account itself shares');
  }
  const shares = regionOf(call.account, call.region).resourceShares;
  const all = shares.flatMap(({ arn, resources }) =>
    resources.map((resource) => ({ ...resource, resourceShareArn: arn })),
  );
  const page = pageOfArray(all, {
    marker: text(call.input, 'nextToken'),
    limit: pageSize(call.input, 'maxResults', { max: 500, default: 100 }),
    invalid: () => failure(ram, 'invalid_input', 'The specified value for NextToken is not valid.'),
  });
  const resources = page.items
    .filter(({ listed }) => listed)
    .map(({ listed: _, ...resource }) => ({ ...resource, resourceRegionScope: 'REGIONAL' }));
  return { resources, nextToken: page.next };
}
