/** The state cannot be relied on: a sync must not go on, since it would lose track of what it may delete. */
export class StateError extends Error {
  /** `unavailable`: the backend did not answer. `unreadable`: what it answered is not understood. */
  readonly kind: 'unavailable' | 'unreadable';

  /** @param sentence what happened, and what to do */
  constructor(kind: StateError['kind'], sentence: string) {
    super(sentence);
    this.name = 'StateError';
    this.kind = kind;
  }
}
