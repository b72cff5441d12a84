import { regionOf } from '../build.ts';
import { failure } from '../failures.ts';
import { pageOfArray } from '../paging.ts';
import { pageSize, requiredText, text } from '../protocol/input.ts';
import { restJsonWire } from '../protocol/rest-json.ts';
import { ApiError, type Output } from '../protocol/wire.ts';
import type { SimFunction } from '../resource-model.ts';
import type { Call, Service } from '../service.ts';

/** AWS Lambda: what is known of functions. */
export const lambda: Service = {
  name: 'lambda',
  wire: restJsonWire({
    ListFunctions: 'GET /2015-03-31/functions',
    ListAliases: 'GET /2015-03-31/functions/{FunctionName}/aliases',
    GetPolicy: 'GET /2015-03-31/functions/{FunctionName}/policy',
  }),
  operations: {
    ListFunctions: { paging: { size: 'MaxItems', token: 'Marker', next: 'NextMarker' }, run: listFunctions },
    GetPolicy: { run: getPolicy },
    ListAliases: { paging: { size: 'MaxItems', token: 'Marker', next: 'NextMarker' }, run: listAliases },
  },
  resourceOf: (input) => text(input, 'FunctionName')?.split(':').at(-1),
};

/** AWS takes a MaxItems up to 10,000 and answers fifty all the same. */
function listFunctions(call: Call): Output {
  const page = pageOfArray([...regionOf(call.account, call.region).functions.values()], {
    marker: text(call.input, 'Marker'),
    limit: Math.min(50, pageSize(call.input, 'MaxItems', { max: 10_000, default: 50 })),
    invalid: () => failure(lambda, 'invalid_input', 'Invalid Marker'),
  });
  const Functions = page.items.map(({ name, kmsKeyArn }) => ({
    FunctionName: name,
    FunctionArn: arnOf(call, name),
    KMSKeyArn: kmsKeyArn,
  }));
  return { Functions, NextMarker: page.next };
}

function listAliases(call: Call): Output {
  const { name, aliases = {} } = functionNamed(call);
  const page = pageOfArray(Object.keys(aliases), {
    marker: text(call.input, 'Marker'),
    limit: pageSize(call.input, 'MaxItems', { max: 10_000, default: 50 }),
    invalid: () => failure(lambda, 'invalid_input', 'Invalid Marker'),
  });
  const Aliases = page.items.map((Name) => ({
    Name,
    AliasArn: `${arnOf(call, name)}:${Name}`,
    FunctionVersion: '$LATEST',
  }));
  return { Aliases, NextMarker: page.next };
}

function getPolicy(call: Call): Output {
  const { policy: own, aliases = {} } = functionNamed(call);
  const alias = text(call.input, 'Qualifier');
  const policy = alias === undefined ? own : (aliases[alias] ?? null);
  if (policy === null) throw noSuch();
  return { Policy: policy, RevisionId: '1' };
}

function functionNamed(call: Call): SimFunction {
  const name = requiredText(call.input, 'FunctionName').split(':').at(-1) ?? '';
  const found = regionOf(call.account, call.region).functions.get(name);
  if (found === undefined) throw noSuch();
  return found;
}

const noSuch = () =>
  new ApiError(404, 'ResourceNotFoundException', 'The resource you requested does not exist.');

function arnOf({ world, account, region }: Call, name: string): string {
  return `arn:${world.organization.partition}:lambda:${region}:${account.id}:function:${name}`;
}
