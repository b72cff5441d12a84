/** How a run ended, and all that it has printed. */
export interface Ending {
  /** The exit code; null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const attempts = 12;

/**
 * Starts a run of the CLI, and again when the CLI has killed a plugin that did not listen within its five seconds, a few
 * times over: the machine is busy, and nothing has been written. It says so each time.
 * @param endOf resolves with the end of a run, or with null once its plugins listen
 */
export async function startAgainWhenKilled<T>(
  start: () => Promise<T>,
  endOf: (run: T) => Promise<Ending | null>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const run = await start();
    const ending = await endOf(run);
    if (attempt === attempts || ending === null || !wasKilledAtStart(ending)) return run;
    console.warn('The CLI killed a plugin that did not listen within five seconds: it is started again.');
  }
}

/** By the words of CLI 6.21.1, which name the plugin's path. */
const wasKilledAtStart = ({ code, stdout, stderr }: Ending): boolean =>
  code !== 0 && /failed to run plugin \S+: signal: killed/.test(`${stdout}\n${stderr}`);
