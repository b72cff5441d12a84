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
  /** The version that all aliases stand for. Default: `$LATEST`. */
  aliasesOf?: string;
  /** Published versions by their numbers. */
  versions?: Record<string, SimVersion>;
}

interface SimVersion {
  kmsKeyArn?: string;
  /** Its own policy; undefined: none. */
  policy?: string;
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
    ListFunctions: { paging, run: listFunctions },
    ListAliases: { paging, run: listAliases },
    GetPolicy: functions.detail(({ policy, aliases = {}, versions = {} }, { input }) => {
      const part = text(input, 'Qualifier');
      const ofPart = part === undefined ? policy : (aliases[part] ?? versions[part]?.policy);
      return {
        Policy: ofPart ?? refuse(...noSuch),
        RevisionId: '1',
      };
    }),
  },
  resourceOf: functions.nameIn,
};

/** With `FunctionVersion=ALL` the published versions as well, each by an ARN that names the version. */
function listFunctions(call: Call): Output {
  const { account, region, input, world } = call;
  const withVersions = text(input, 'FunctionVersion') === 'ALL';
  const place = `arn:${world.organization.partition}:lambda:${region}:${account.id}:function`;
  const entries = [...functions.in(account, region).values()].flatMap(
    ({ name, kmsKeyArn, versions = {} }) => {
      const all = { $LATEST: { kmsKeyArn }, ...(withVersions && versions) };
      return Object.entries(all).map(([Version, version]) => ({
        FunctionName: name,
        FunctionArn: `${place}:${name}${withVersions ? `:${Version}` : ''}`,
        Version,
        KMSKeyArn: version.kmsKeyArn,
      }));
    },
  );
  const page = pageIn(entries, call);
  return { Functions: page.items, NextMarker: page.next };
}

const pageIn = <T>(all: readonly T[], { input }: Call) =>
  pageOfArray(all, {
    marker: text(input, paging.token),
    limit: Math.min(
      paging.answers,
      pageSize(input, paging.size, { max: paging.max, default: paging.answers }),
    ),
    invalid: () => failure(lambda, 'invalid_input', 'Invalid Marker'),
  });

function listAliases(call: Call): Output {
  const { arn, aliases = {}, aliasesOf = '$LATEST' } = functions.named(call);
  const page = pageIn(Object.keys(aliases), call);
  const Aliases = page.items.map((Name) => ({
    Name,
    AliasArn: `${arn}:${Name}`,
    FunctionVersion: aliasesOf,
  }));
  return { Aliases, NextMarker: page.next };
}
