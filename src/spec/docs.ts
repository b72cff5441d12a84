import * as z from 'zod/mini';
import { definition, ignoredKeys } from './definition.ts';
import { type FieldDoc, fieldDocs } from './field.ts';
import { type Section, sections, withoutWrapping } from './sections.ts';

/** The plugin spec in Markdown: an example, and for each mapping of it a table of its keys. */
export function configurationDocs(): string {
  const ignored = ignoredKeys.map((name) => `\`${name}\``).join(', ');
  return `# Configuration

The inner \`spec\` takes the keys of CloudQuery's own AWS source, with the same meaning, and some of its own.

\`\`\`yaml
kind: source
spec:
  name: aws-encryption
  registry: local
  path: ./dist/main.js
  tables: ["aws_encryption_*"]
  destinations: [postgresql]
  spec: ${flow(fieldDocs.get(definition)?.example)}
\`\`\`

${sections.map(sectionDocs).join('\n')}
## Keys without effect

So that an existing block of CloudQuery's AWS source works, these are accepted with a warning: ${ignored}.
Any other unknown key, and any value that is not as described here, ends the sync before it starts.
`;
}

function sectionDocs({ paths, shape }: Section): string {
  const title = paths.map((path) => (path === '' ? '`spec`' : `\`spec.${path}\``)).join(' and ');
  const rows = Object.entries(shape).map(([name, schema]) => row(name, schema, fieldDocs.get(schema)));
  return `## ${title}

| Key | Type | Default | Meaning | Example |
|---|---|---|---|---|
${rows.join('')}`;
}

function row(name: string, schema: z.core.$ZodType, doc: FieldDoc | undefined): string {
  if (doc?.example === undefined) return '';
  const isRequired = !z.safeParse(schema, undefined).success;
  const whenAbsent = doc.default === undefined ? '' : code(flow(doc.default));
  const example = code(`${name}: ${flow(doc.example)}`);
  return `| ${code(name)} | ${typeName(schema)} | ${isRequired ? 'required' : whenAbsent} | ${doc.doc} | ${example} |\n`;
}

const code = (text: string): string => `\`${text}\``;

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  enum: 'text',
  boolean: 'boolean',
  number: 'number',
  object: 'mapping',
  record: 'mapping',
};

function typeName(schema: z.core.$ZodType): string {
  const type = withoutWrapping(schema);
  if (type instanceof z.ZodMiniArray) return `list of ${typeName(type.def.element)}`;
  if (type instanceof z.ZodMiniNumberFormat) return 'integer';
  return typeNames[type._zod.def.type] ?? type._zod.def.type;
}

/** YAML's flow style, in quotes only where YAML needs them. */
function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([name, item]) => `${flow(name)}: ${flow(item)}`);
    return `{${entries.join(', ')}}`;
  }
  const isPlain = typeof value === 'string' && /^[A-Za-z][\w:/.@+=-]*$/.test(value);
  return isPlain ? value : JSON.stringify(value);
}
