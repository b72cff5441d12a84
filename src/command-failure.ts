import manifest from '../package.json' with { type: 'json' };

/** Ends the process on wrong arguments, by the help and what is wrong, or on what a command threw, by one sentence. */
export function failCommand(wrong: string, error: Error | undefined, command: { showHelp(): void }): never {
  if (!error) command.showHelp();
  process.stderr.write(`${error ? packageFailure(error) : `\n${wrong}`}\n`);
  process.exit(1);
}

/** Only `package.json` says which version this is: a package that says otherwise would be another program's. */
export function ofThisVersion(command: { readonly _: readonly unknown[]; readonly pluginVersion?: string }) {
  const own = `v${manifest.version}`;
  if (command._[0] !== 'package' || command.pluginVersion === own) return true;
  return `This is ${own}, not ${command.pluginVersion}: the version is the one in package.json.`;
}

/**
 * Why `package` stopped, in one sentence. Without a Docker engine it gets as far as the documentation and
 * `tables.json`; `package.json` names the images by their checksums, so there is none without them.
 */
function packageFailure(error: Error): string {
  const command = 'command' in error && typeof error.command === 'string' ? error.command : '';
  if (!command.startsWith('docker ')) return `The plugin was not packaged: ${error.message}`;
  return (
    'docs and tables.json are written, but no image was built and no package.json written: ' +
    `\`docker buildx\` could not be run (${reasonOf(error)}). Start a Docker engine and run this again.`
  );
}

/** The last line that docker wrote, or why it was not there. */
function reasonOf(error: Error): string {
  const stderr = 'stderr' in error && typeof error.stderr === 'string' ? error.stderr.trim() : '';
  if ('code' in error && error.code === 'ENOENT') return 'there is no docker on PATH';
  return stderr.split('\n')[0] || 'it said nothing';
}
