/** The state cannot be relied on: a sync must not go on, since it would lose track of what it may delete. */
export class StateError extends Error {
  /**
   * `unavailable`: the backend did not answer. `unreadable`: what it answered is not understood. `unfit`: there is
   * none where one is needed, or it cannot give back what it was given.
   */
  readonly kind: 'unavailable' | 'unreadable' | 'unfit';

  /** @param sentence what happened, and what to do */
  constructor(kind: StateError['kind'], sentence: string) {
    super(sentence);
    this.name = 'StateError';
    this.kind = kind;
  }
}
