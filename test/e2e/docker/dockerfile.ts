/** One instruction of a Dockerfile. */
export interface Instruction {
  /** `FROM`, `COPY`, … */
  readonly name: string;
  /** As written, on one line. */
  readonly text: string;
}

/** One stage: what it is built from, its name, and the instructions after FROM. */
export interface Stage {
  readonly image: string;
  readonly name: string | null;
  readonly instructions: readonly Instruction[];
}

/** Reads the plain part of the Dockerfile language: no heredocs, no variables. */
export function parseDockerfile(text: string): readonly Stage[] {
  const stages: { image: string; name: string | null; instructions: Instruction[] }[] = [];
  const lines = text.replaceAll(/^\s*#.*\n/gm, '').replaceAll(/\\\n/g, ' ');
  for (const line of lines.split('\n').filter((each) => each.trim() !== '')) {
    const [, name = '', rest = ''] = /^(\w+)\s+(.*)$/.exec(line.trim()) ?? [];
    if (name.toUpperCase() === 'FROM') {
      const [, image = '', as = null] =
        /^(?:--platform=\$BUILDPLATFORM\s+)?(\S+)(?:\s+AS\s+(\S+))?$/i.exec(rest) ?? [];
      stages.push({ image, name: as, instructions: [] });
    } else {
      const stage = stages.at(-1);
      if (stage === undefined) throw new Error(`${name} stands before FROM`);
      stage.instructions.push({ name: name.toUpperCase(), text: rest });
    }
  }
  return stages;
}

/** What the last instruction of a name says. */
export function lastOf({ instructions }: Stage, name: string): string | null {
  return instructions.findLast((instruction) => instruction.name === name)?.text ?? null;
}

/** A command in the JSON form: the program and its arguments. */
export function commandOf(stage: Stage, name: string): string[] {
  const text = lastOf(stage, name) ?? '';
  return JSON.parse(text.slice(text.indexOf('[')));
}
