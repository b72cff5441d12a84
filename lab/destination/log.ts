/** A log line as the CLI reads it from a plugin's standard output; it counts warnings and errors. */
export function log(level: 'info' | 'warn' | 'error', message: string): void {
  process.stdout.write(`${JSON.stringify({ level, message })}\n`);
}
