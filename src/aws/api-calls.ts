import type { CallSite } from './error.ts';
import { type Page, pages } from './paging.ts';
import { ofPage, type Peculiar, type ScopeAccess } from './scope-access.ts';
import { nullFor } from './service-calls.ts';
import type { Api } from './signed-api.ts';

/** What matters of an answer. What it throws is what became of the call, which is tried again for it. */
type Read<Answer, T> = (answer: Answer, site: CallSite) => T;

/** Calls of one service in one scope, by operations as IAM spells them: `kms:DescribeKey`. */
export interface ApiCalls<Input, Answer> {
  /** Rejects with AwsError only. */
  call<T>(operation: string, input: Input, read: Read<Answer, T>, peculiar?: Peculiar): Promise<T>;
  /** Null where AWS answers with the code that says "there is none". Rejects with AwsError only. */
  find<T>(
    operation: string,
    none: string,
    input: Input,
    read: Read<Answer, T>,
    peculiar?: Peculiar,
  ): Promise<T | null>;
  /**
   * All pages of a listing. Rejects with AwsError only.
   * @param identify what makes an entry the same as another
   * @param input of the page at that marker; undefined: the first
   */
  list<T>(
    operation: string,
    identify: (item: T) => string,
    input: (marker: string | undefined) => Input,
    read: Read<Answer, Page<T>>,
    peculiar?: Peculiar,
  ): AsyncIterable<readonly T[]>;
}

/** How a service is called in one scope. It costs nothing until the first call. */
export function apiCalls<Input, Answer>(
  access: ScopeAccess,
  api: Api<Input, Answer>,
): ApiCalls<Input, Answer> {
  const signed = access.signedApi(api);
  const send = async <T>(operation: string, input: Input, read: Read<Answer, T>): Promise<T> => {
    const site = access.site(operation);
    const name = operation.slice(operation.indexOf(':') + 1);
    return read(await signed.send(api.protocol.request(name, input), site), site);
  };
  const call: ApiCalls<Input, Answer>['call'] = (operation, input, read, peculiar = {}) =>
    access.call({ ...peculiar, operation, send: () => send(operation, input, read) });
  return {
    call,
    find: (operation, none, input, read, peculiar = {}) =>
      access.call({ ...peculiar, operation, send: () => nullFor(none, send(operation, input, read)) }),
    list: (operation, identify, input, read, peculiar) =>
      pages(
        access.site(operation),
        (marker) => call(operation, input(marker), read, ofPage(marker, peculiar)),
        identify,
      ),
  };
}
