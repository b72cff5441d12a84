import { decodeMarker, encodeMarker } from '../../markers.ts';
import { pageSize, text } from '../../protocol/input.ts';
import { formList } from '../../protocol/query.ts';
import { InvalidInput, type Output } from '../../protocol/wire.ts';
import type { Call } from '../../service.ts';
import { type Listed, type Section, sectionsOf } from './sections.ts';

/** The kinds that `Filter` takes (API reference of IAM, read 2026-11-29). */
const kinds: ReadonlySet<string> = new Set([
  'User',
  'Role',
  'Group',
  'LocalManagedPolicy',
  'AWSManagedPolicy',
]);

export function getAccountAuthorizationDetails(call: Call): Output {
  const wanted = wantedKinds(call);
  const limit = pageSize(call.input, 'MaxItems', { max: 1000, default: 100 });
  const sections = sectionsOf(call).filter(({ kind }) => wanted.has(kind));
  const { listed, next } = pageOfSections(sections, text(call.input, 'Marker'), limit);
  const of = (list: Listed['list']) => ({
    member: listed.flatMap((each) => (each.list === list ? [each.detail] : [])),
  });
  return {
    IsTruncated: next !== undefined,
    UserDetailList: of('UserDetailList'),
    GroupDetailList: of('GroupDetailList'),
    RoleDetailList: of('RoleDetailList'),
    Policies: of('Policies'),
    Marker: next,
  };
}

function wantedKinds({ input }: Call): ReadonlySet<string> {
  const named = formList(input, 'Filter.member');
  const unknown = named.find((kind) => !kinds.has(kind));
  if (unknown !== undefined) {
    throw new InvalidInput(
      `1 validation error detected: Value '[${unknown}]' at 'filter' failed to satisfy constraint: Member must satisfy enum value set: [${[...kinds].join(', ')}]`,
    );
  }
  return named.length === 0 ? kinds : new Set(named);
}

/** Section after section; a marker says in which one, and after which entry of it. */
function pageOfSections(
  sections: readonly Section[],
  marker: string | undefined,
  limit: number,
): { readonly listed: readonly Listed[]; readonly next: string | undefined } {
  const start = marker === undefined ? null : decodeMarker(marker);
  const [, section, after] = /^([^/]*)\/(.*)$/s.exec(start?.after ?? '') ?? [];
  if (start === null && marker !== undefined) throw new InvalidInput('Invalid Marker');
  const first = Math.max(
    0,
    sections.findIndex(({ name }) => name === section),
  );
  const listed: Listed[] = [];
  let last = '';
  for (const [index, each] of sections.slice(first).entries()) {
    // One more than there is room for tells whether more follows.
    for (const { id, detail } of each.after(index === 0 ? after : undefined, limit + 1 - listed.length)) {
      if (listed.length === limit) {
        return { listed, next: encodeMarker({ page: (start?.page ?? 1) + 1, after: last }) };
      }
      listed.push({ list: each.list, detail });
      last = `${each.name}/${id}`;
    }
  }
  return { listed, next: undefined };
}
