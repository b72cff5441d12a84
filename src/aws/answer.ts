import { AwsError, type CallSite } from './error.ts';

/**
 * A field that AWS always answers. An empty or foreign body decodes to an answer without it, and "nothing was
 * said" must never be read as "there is none".
 * @throws AwsError `malformed_answer`
 */
export function required<T>(value: T | null | undefined, field: string, site: CallSite): T {
  if (value === null || value === undefined) throw incomplete(`has no ${field}`, site);
  return value;
}

/** A list that is never empty in truth, such as an account's regions. @throws AwsError `malformed_answer` */
export function requiredSome<T>(list: readonly T[], field: string, site: CallSite): readonly T[] {
  if (list.length === 0) throw incomplete(`has no ${field}`, site);
  return list;
}

function incomplete(what: string, site: CallSite): AwsError {
  return new AwsError('malformed_answer', 'incomplete_answer', site, `the answer ${what}`);
}

/**
 * A decoded JSON object, read field by field: absent and null fields are null; one of another type than AWS
 * documents fails the call, as a body that is not AWS's.
 */
export class Fields {
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #site: CallSite;

  /** @throws AwsError `malformed_answer` when `value` is no object */
  constructor(value: unknown, site: CallSite) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw incomplete('is no object', site);
    this.#values = value as Readonly<Record<string, unknown>>;
    this.#site = site;
  }

  text(name: string): string | null {
    return this.#read(name, 'text', (value) => typeof value === 'string');
  }

  requiredText(name: string): string {
    return required(this.text(name), name, this.#site);
  }

  boolean(name: string): boolean | null {
    return this.#read(name, 'boolean', (value) => typeof value === 'boolean');
  }

  requiredBoolean(name: string): boolean {
    return required(this.boolean(name), name, this.#site);
  }

  integer(name: string): number | null {
    return this.#read(name, 'integer', Number.isInteger);
  }

  /** AWS writes seconds since 1970, with fractions. */
  date(name: string): Date | null {
    const seconds = this.#read<number>(name, 'date', Number.isFinite);
    return seconds === null ? null : new Date(Math.round(seconds * 1000));
  }

  requiredDate(name: string): Date {
    return required(this.date(name), name, this.#site);
  }

  texts(name: string): readonly string[] | null {
    return this.#read(
      name,
      'list of texts',
      (value) => isList(value) && value.every((item) => typeof item === 'string'),
    );
  }

  requiredTexts(name: string): readonly string[] {
    return required(this.texts(name), name, this.#site);
  }

  object(name: string): Fields | null {
    const value = this.#read<unknown>(name, 'object', (one) => typeof one === 'object');
    return value === null ? null : new Fields(value, this.#site);
  }

  requiredObject(name: string): Fields {
    return required(this.object(name), name, this.#site);
  }

  /** As AWS wrote it. */
  raw(name: string): Readonly<Record<string, unknown>> | null {
    return this.object(name) === null ? null : this.#read(name, 'object', () => true);
  }

  objects(name: string): readonly Fields[] | null {
    const list = this.#read<unknown[]>(name, 'list', isList);
    return list === null ? null : list.map((item) => new Fields(item, this.#site));
  }

  requiredObjects(name: string): readonly Fields[] {
    return required(this.objects(name), name, this.#site);
  }

  #read<T>(name: string, kind: string, is: (value: unknown) => boolean): T | null {
    const value = this.#values[name] ?? null;
    if (value !== null && !is(value)) throw incomplete(`has a ${name} that is no ${kind}`, this.#site);
    return value as T | null;
  }
}

function isList(value: unknown): value is unknown[] {
  return Array.isArray(value);
}

/** A date of an SDK output, if it is one. */
export function date(value: Date | undefined): Date | null {
  return value === undefined || Number.isNaN(value.getTime()) ? null : value;
}
