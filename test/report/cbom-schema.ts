import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv } from 'ajv';

/** The schemas of CycloneDX 1.6 as the project itself publishes them for npm. */
const require = createRequire(import.meta.url);
const folder = join(require.resolve('@cyclonedx/cyclonedx-library/package.json'), '../res/schema');
const read = (name: string) => JSON.parse(readFileSync(join(folder, `${name}.SNAPSHOT.schema.json`), 'utf8'));

const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;
const ajv = new Ajv({
  strict: false,
  formats: { 'date-time': dateTime, 'iri-reference': true, 'idn-email': true, uri: true },
});
ajv.addSchema(read('spdx'), 'http://cyclonedx.org/schema/spdx.SNAPSHOT.schema.json');
ajv.addSchema(read('jsf-0.82'), 'http://cyclonedx.org/schema/jsf-0.82.SNAPSHOT.schema.json');
const validate = ajv.compile(read('bom-1.6'));

/** What the schema finds wrong with a document, a line each. */
export function problemsOf(document: unknown): string[] {
  return validate(document)
    ? []
    : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}
