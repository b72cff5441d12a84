import { failure } from '../failures.ts';
import { pageOfArray } from '../paging.ts';
import { pageSize, text } from '../protocol/input.ts';
import { restJsonWire } from '../protocol/rest-json.ts';
import { type Output, type Refusal, refuse } from '../protocol/wire.ts';
import { ResourceKind, type Shared } from '../resource-kind.ts';
import type { Call, Service } from '../service.ts';

interface SimFunction extends Shared {
  name: string;
  kmsKeyArn?: string;
  /** Name → the alias's own policy; null: none. */
  aliases?: Record<string, string | null>;
}

const noSuch: Refusal = [404, 'ResourceNotFoundException', 'The resource you requested does not exist.'];

export const functions = new ResourceKind<SimFunction>({
  arn: 'lambda:function:*',
  namedBy: ['FunctionName'],
  complete: (given) => ({ policy: null, ...given }),
  missing: () => noSuch,
});

/** AWS takes a MaxItems up to 10,000 and answers fifty functions all the same. */
const paging = { size: 'MaxItems', token: 'Marker', next: 'NextMarker', max: 10_000, answers: 50 };

/** AWS Lambda: what is known of functions. */
export const lambda: Service = {
  name: 'lambda',
  wire: restJsonWire({
    ListFunctions: 'GET /2015-03-31/functions',
    ListAliases: 'GET /2015-03-31/functions/{FunctionName}/aliases',
    GetPolicy: 'GET /2015-03-31/functions/{FunctionName}/policy',
  }),
  operations: {
    ListFunctions: functions.list({
      entries: 'Functions',
      paging,
      entry: ({ name, arn, kmsKeyArn }) => ({ FunctionName: name, FunctionArn: arn, KMSKeyArn: kmsKeyArn }),
    }),
    ListAliases: { paging, run: listAliases },
    GetPolicy: functions.detail(({ policy, aliases = {} }, { input }) => {
      const alias = text(input, 'Qualifier');
      return {
        Policy: (alias === undefined ? policy : aliases[alias]) ?? refuse(...noSuch),
        RevisionId: '1',
      };
    }),
  },
  resourceOf: functions.nameIn,
};

function listAliases(call: Call): Output {
  const { arn, aliases = {} } = functions.named(call);
  const page = pageOfArray(Object.keys(aliases), {
    marker: text(call.input, paging.token),
    limit: pageSize(call.input, paging.size, { max: paging.max, default: 50 }),
    invalid: () => failure(lambda, 'invalid_input', 'Invalid Marker'),
  });
  const Aliases = page.items.map((Name) => ({
    Name,
    AliasArn: `${arn}:${Name}`,
    FunctionVersion: '$LATEST',
  }));
  return { Aliases, NextMarker: page.next };
}
