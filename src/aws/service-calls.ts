import type { ClientConfig } from './client.ts';
import type { CallSite } from './error.ts';
import { type Page, pages } from './paging.ts';
import { ofPage, type Peculiar, type ScopeAccess, type SendOptions } from './scope-access.ts';

/** One request with an SDK that is loaded. */
type Run<Opened, T> = (opened: Opened, options: SendOptions, site: CallSite) => Promise<T>;

/** Calls of one service in one scope. */
export interface ServiceCalls<Opened> {
  /** Rejects with AwsError only. */
  call<T>(operation: string, run: Run<Opened, T>, peculiar?: Peculiar): Promise<T>;
  /** All pages of a listing. Rejects with AwsError only. @param identify what makes an entry the same as another */
  list<T>(
    operation: string,
    identify: (item: T) => string,
    page: (marker: string | undefined) => Run<Opened, Page<T>>,
    peculiar?: Peculiar,
  ): AsyncIterable<readonly T[]>;
}

/** @param open loads the service's SDK and makes its client: once, when the first call needs it */
export function serviceCalls<Opened>(
  access: ScopeAccess,
  open: (config: ClientConfig) => Promise<Opened>,
): ServiceCalls<Opened> {
  let opening: Promise<Opened> | null = null;
  const call = <T>(operation: string, run: Run<Opened, T>, peculiar: Peculiar = {}): Promise<T> =>
    access.call({
      ...peculiar,
      operation,
      async send(options) {
        opening ??= open(access.clientConfig());
        return run(await opening, options, access.site(operation));
      },
    });
  return {
    call,
    list: (operation, identify, page, peculiar) =>
      pages(
        access.site(operation),
        (marker) => call(operation, page(marker), ofPage(marker, peculiar)),
        identify,
      ),
  };
}

/** Null where AWS answers with the code that says "there is none". */
export async function nullFor<T>(code: string, sending: Promise<T>): Promise<T | null> {
  try {
    return await sending;
  } catch (error) {
    if (error instanceof Error && error.name === code) return null;
    throw error;
  }
}
