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
 * How a format writes what a field holds. Each gives the value, or undefined where what stands there is none such.
 * Absent is null, whatever the format.
 */
export interface Notation {
  text(written: unknown): string | undefined;
  boolean(written: unknown): boolean | undefined;
  integer(written: unknown): number | undefined;
  date(written: unknown): Date | undefined;
  list(written: unknown): readonly unknown[] | undefined;
  object(written: unknown): Readonly<Record<string, unknown>> | undefined;
}

const inJson: Notation = {
  text: (written) => (typeof written === 'string' ? written : undefined),
  boolean: (written) => (typeof written === 'boolean' ? written : undefined),
  integer: (written) => (Number.isInteger(written) ? (written as number) : undefined),
  /** AWS writes seconds since 1970, with fractions. */
  date: (written) =>
    Number.isFinite(written) ? new Date(Math.round((written as number) * 1000)) : undefined,
  list: (written) => (Array.isArray(written) ? written : undefined),
  object: (written) => (isRecord(written) ? written : undefined),
};

/**
 * A decoded object, read field by field: absent and null fields are null; one of another type than AWS documents
 * fails the call, as a body that is not AWS's.
 */
export class Fields {
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #site: CallSite;
  readonly #notation: Notation;

  /** @throws AwsError `malformed_answer` when `value` is no object */
  constructor(value: unknown, site: CallSite, notation: Notation = inJson) {
    const values = notation.object(value);
    if (values === undefined) throw incomplete('is no object', site);
    this.#values = values;
    this.#site = site;
    this.#notation = notation;
  }

  text(name: string): string | null {
    return this.#read(name, 'text', this.#notation.text);
  }

  requiredText(name: string): string {
    return required(this.text(name), name, this.#site);
  }

  boolean(name: string): boolean | null {
    return this.#read(name, 'boolean', this.#notation.boolean);
  }

  requiredBoolean(name: string): boolean {
    return required(this.boolean(name), name, this.#site);
  }

  integer(name: string): number | null {
    return this.#read(name, 'integer', this.#notation.integer);
  }

  date(name: string): Date | null {
    return this.#read(name, 'date', this.#notation.date);
  }

  requiredDate(name: string): Date {
    return required(this.date(name), name, this.#site);
  }

  texts(name: string): readonly string[] | null {
    return this.#list(name, 'texts', this.#notation.text);
  }

  requiredTexts(name: string): readonly string[] {
    return required(this.texts(name), name, this.#site);
  }

  requiredIntegers(name: string): readonly number[] {
    return required(this.#list(name, 'integers', this.#notation.integer), name, this.#site);
  }

  requiredDates(name: string): readonly Date[] {
    return required(this.#list(name, 'dates', this.#notation.date), name, this.#site);
  }

  object(name: string): Fields | null {
    const value = this.raw(name);
    return value === null ? null : new Fields(value, this.#site, this.#notation);
  }

  requiredObject(name: string): Fields {
    return required(this.object(name), name, this.#site);
  }

  /** As AWS wrote it. */
  raw(name: string): Readonly<Record<string, unknown>> | null {
    return this.#read(name, 'object', this.#notation.object);
  }

  objects(name: string): readonly Fields[] | null {
    const list = this.#read(name, 'list', this.#notation.list);
    return list === null ? null : list.map((item) => new Fields(item, this.#site, this.#notation));
  }

  requiredObjects(name: string): readonly Fields[] {
    return required(this.objects(name), name, this.#site);
  }

  #list<T>(name: string, kind: string, item: (written: unknown) => T | undefined): readonly T[] | null {
    return this.#read(name, `list of ${kind}`, (written) => {
      const list = this.#notation.list(written)?.map(item);
      return list?.every((value) => value !== undefined) ? list : undefined;
    });
  }

  #read<T>(name: string, kind: string, value: (written: unknown) => T | undefined): T | null {
    const written = this.#values[name] ?? null;
    if (written === null) return null;
    const read = value(written);
    if (read === undefined) throw incomplete(`has a ${name} that is no ${kind}`, this.#site);
    return read;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A date of an SDK output, if it is one. */
export function date(value: Date | undefined): Date | null {
  return value === undefined || Number.isNaN(value.getTime()) ? null : value;
}
