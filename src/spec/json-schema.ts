import * as z from 'zod/mini';
import { definition } from './definition.ts';
import { fieldDocs } from './field.ts';

/** The JSON Schema (draft 2020-12, no references) of the plugin spec, for GetSpecSchema. */
export function specJsonSchema(): string {
  const schema = z.toJSONSchema(definition, {
    target: 'draft-2020-12',
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      const field = fieldDocs.get(zodSchema);
      if (field === undefined) return;
      jsonSchema.description = field.doc;
      if (field.default !== undefined) jsonSchema.default = field.default;
      Object.assign(jsonSchema, field.jsonSchema);
    },
  });
  return JSON.stringify(schema);
}
