import { status } from '@grpc/grpc-js';

/** A failure that ends a call: a gRPC status and one sentence, which the CLI shows. */
export class Failure extends Error {
  readonly code: status;

  constructor(code: status, sentence: string) {
    super(sentence);
    this.code = code;
  }
}

/** What PostgreSQL, or the way to it, said about `doing` something. Never its DETAIL, which repeats whole rows. */
export function databaseFailure(doing: string, cause: unknown): Failure {
  if (cause instanceof Failure) return cause;
  const error = cause as Error & { code?: string };
  const lost = error.code === undefined || /^(E[A-Z]+|08...|57P..)$/.test(error.code);
  return new Failure(lost ? status.UNAVAILABLE : status.INTERNAL, `Could not ${doing}: ${error.message}.`);
}
