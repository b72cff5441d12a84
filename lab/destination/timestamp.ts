/** PostgreSQL's input for a UTC time in microseconds since 1970, as `2024-02-29 12:30:00.123456`. */
export function timestampText(microseconds: bigint): string {
  const fraction = ((microseconds % 1_000_000n) + 1_000_000n) % 1_000_000n;
  const time = new Date(Number((microseconds - fraction) / 1000n));
  const clock = time.toISOString().slice(-13, -5);
  return withEra(time, `${dateOf(time)} ${clock}.${String(fraction).padStart(6, '0')}`);
}

/** PostgreSQL's input for a date in milliseconds since 1970, as `2024-02-29`. */
export function dateText(milliseconds: number): string {
  const date = new Date(milliseconds);
  return withEra(date, dateOf(date));
}

/** With the year in PostgreSQL's way of counting, which has no year 0. */
function dateOf(time: Date): string {
  const year = time.getUTCFullYear();
  const monthAndDay = time.toISOString().split('T')[0]?.slice(-6);
  return `${String(year > 0 ? year : 1 - year).padStart(4, '0')}${monthAndDay}`;
}

const withEra = (time: Date, text: string): string => (time.getUTCFullYear() > 0 ? text : `${text} BC`);
