import type { ActionSet } from '../policy/action.ts';

/** Actions of which something holds: of `sure` in every request, of `most` in some requests or maybe. */
export interface Span {
  readonly sure: ActionSet;
  readonly most: ActionSet;
}

export const nothing: Span = { sure: 0n, most: 0n };
export const all = (actions: ActionSet): Span => ({ sure: actions, most: actions });
export const perhaps = (actions: ActionSet): Span => ({ sure: 0n, most: actions });

export const either = (spans: readonly Span[]): Span =>
  spans.reduce((a, b) => ({ sure: a.sure | b.sure, most: a.most | b.most }), nothing);

export const both = (a: Span, b: Span): Span => ({ sure: a.sure & b.sure, most: a.most & b.most });

export const without = (a: Span, taken: Span): Span => ({
  sure: a.sure & ~taken.most,
  most: a.most & ~taken.sure,
});

/** What may hold and is not sure. */
export const open = ({ sure, most }: Span): ActionSet => most & ~sure;
