import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parseHTML } from 'linkedom';
import { z } from 'zod';
import { codeOf } from '../postgres/failure.ts';
import type { ReportCoverage } from './coverage.ts';
import { gaps } from './coverage.ts';
import { type Html, html } from './html.ts';
import type { NumberId, PostureNumber } from './posture-number.ts';

const point = z.object({
  /** When the data was read, `2026-11-24 11:53` UTC. */
  at: z.string().nullable(),
  /** Time of the last sync: two pages of one sync are one state. */
  sync: z.string().nullable(),
  organizations: z.array(z.string()),
  /** How many readings were not whole. */
  gaps: z.number(),
  numbers: z.record(
    z.string(),
    z.object({ value: z.number().nullable(), unknown: z.number().nullable(), members: z.array(z.string()) }),
  ),
});

/** Version 1 counted AWS owned keys among keys, and whatever locks among what the key locks. */
const schema = z.object({ version: z.literal(2), now: point, before: point.nullable() });

/** The headline numbers of one state. Members are digests of ARNs: enough to tell what is new. */
export type Point = z.infer<typeof point>;

/** What a page remembers: its own state, and the last one of another sync. */
type Snapshot = z.infer<typeof schema>;

/** What to compare with, or why there is nothing. */
export type Previous =
  | { readonly point: Point }
  | { readonly why: 'none' | 'unreadable' | 'other_organization' | 'other_version' };

/** The name of the page's `meta` element. No script and no second file: the page carries its own past. */
const metaName = 'aws-encryption-snapshot';

const digestOf = (arn: string): string => createHash('sha256').update(arn).digest('base64url').slice(0, 11);

export function pointOf(coverage: ReportCoverage, numbers: readonly PostureNumber[]): Point {
  return {
    at: coverage.newest,
    sync: coverage.lastSync,
    organizations: [...coverage.organizations],
    gaps: gaps(coverage).length,
    numbers: Object.fromEntries(
      numbers.map(({ id, value, unknown, members }) => [
        id,
        { value, unknown, members: members.map(({ arn }) => digestOf(arn)) },
      ]),
    ),
  };
}

/** The snapshot as an element of the page's head, for the page after it. */
export function snapshotMeta(now: Point, previous: Previous): Html {
  const snapshot: Snapshot = { version: 2, now, before: 'point' in previous ? previous.point : null };
  return html`<meta name="${metaName}" content="${JSON.stringify(snapshot)}">`;
}

/** Reads the state to compare with from an earlier page: of another sync than this one, of the same organization. */
export async function readPrevious(file: string, now: Point): Promise<Previous> {
  let page: string;
  try {
    page = await readFile(file, 'utf8');
  } catch (error) {
    return { why: codeOf(error) === 'ENOENT' ? 'none' : 'unreadable' };
  }
  const snapshot = parseSnapshot(page);
  if (snapshot === null || 'why' in snapshot) return snapshot ?? { why: 'unreadable' };
  // The same sync again: what that page was compared with still is the state before.
  const before = snapshot.now.sync === now.sync ? snapshot.before : snapshot.now;
  if (before === null) return { why: 'none' };
  if (before.organizations.join() !== now.organizations.join()) return { why: 'other_organization' };
  return { point: before };
}

const older = z.object({ version: z.literal(1) });

function parseSnapshot(page: string): Snapshot | { readonly why: 'other_version' } | null {
  const content = parseHTML(page).document.querySelector(`meta[name="${metaName}"]`)?.getAttribute('content');
  try {
    const value: unknown = JSON.parse(content ?? '');
    return older.safeParse(value).success ? { why: 'other_version' } : schema.parse(value);
  } catch {
    return null;
  }
}

/** Those counted now that were not counted then; all that are new to us, whether they are new or were not seen. */
export function newMembers(number: PostureNumber, before: Point) {
  const counted = new Set(before.numbers[number.id]?.members);
  return number.members.filter(({ arn }) => !counted.has(digestOf(arn)));
}

/** How many of those counted then are no longer. */
export function goneCount(number: PostureNumber, before: Point): number {
  const now = new Set(number.members.map(({ arn }) => digestOf(arn)));
  return (before.numbers[number.id]?.members ?? []).filter((digest) => !now.has(digest)).length;
}

export const valueThen = (before: Point, id: NumberId): number | null => before.numbers[id]?.value ?? null;
