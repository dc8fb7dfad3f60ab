import { type JsonSchema, type OpenapiDocument, resolveRef } from './document.ts';

/** One line of a table that describes JSON. */
export interface SchemaField {
  /** The path from the outermost object: `results[].id`. */
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  /** The description; empty if the document has none. */
  readonly meaning: string;
}

type Where = 'path' | 'query' | 'body';

/** One value of a request: in its path, its query or its body. */
export interface OperationParameter {
  readonly name: string;
  readonly where: Where;
  readonly required: boolean;
  readonly type: string;
  readonly limits: string;
  readonly meaning: string;
  /** The default as it is written in a request; `null`: none. */
  readonly defaultValue: string | null;
  /** The allowed values; empty: any value of the type. */
  readonly choices: readonly string[];
  readonly example: string;
  /** The type of its JSON value. */
  readonly kind: 'text' | 'number' | 'boolean';
}

/** All fields of an object; those of a nested object follow it. */
export function fieldsOf(schema: JsonSchema, document: OpenapiDocument): readonly SchemaField[] {
  return walk(schema, document, '', []);
}

/** `ancestors`: the schemas that contain this one. A schema that contains itself is not followed a second time. */
function walk(
  schema: JsonSchema,
  document: OpenapiDocument,
  prefix: string,
  ancestors: readonly JsonSchema[],
): readonly SchemaField[] {
  const resolved = resolveRef(schema, document);
  if (ancestors.includes(resolved)) return [];
  const path = [...ancestors, resolved];
  if (resolved.items !== undefined) return walk(resolved.items, document, prefix === '' ? '[]' : `${prefix}[]`, path);
  return Object.entries(resolved.properties ?? {}).flatMap(([key, part]) => {
    const name = prefix === '' ? key : `${prefix}.${key}`;
    const property = resolveRef(part, document);
    const required = resolved.required?.includes(key) === true;
    const meaning = part.description ?? property.description ?? '';
    return [{ name, type: typeOf(part, document), required, meaning }, ...walk(part, document, name, path)];
  });
}

/** A type in words: `integer`, `integer or null`, `array of objects`, `string: MANAGER`, `string, date-time`. */
export function typeOf(schema: JsonSchema, document: OpenapiDocument): string {
  const resolved = resolveRef(schema, document);
  const branches = resolved.anyOf ?? resolved.oneOf;
  if (branches !== undefined) return branches.map((branch) => typeOf(branch, document)).join(' or ');
  if (resolved.items !== undefined) return `array of ${typeOf(resolved.items, document)}s`;
  const names = resolved.type === undefined ? ['any'] : [resolved.type].flat();
  const values = resolved.const === undefined ? resolved.enum : [resolved.const];
  const [single] = values?.length === 1 ? values : [];
  if (single !== undefined) return `${names.join(' or ')}: ${String(single)}`;
  return [names.join(' or '), ...(resolved.format === undefined ? [] : [resolved.format])].join(', ');
}

/** The limits of a number or a text in words; empty: none. */
export function limitsOf({ minimum, maximum, minLength, maxLength }: JsonSchema): string {
  const limits = [
    ...(minimum !== undefined && maximum !== undefined ? [`${minimum} to ${maximum}`] : []),
    ...(minimum !== undefined && maximum === undefined ? [`from ${minimum}`] : []),
    ...(minimum === undefined && maximum !== undefined ? [`up to ${maximum}`] : []),
    ...(minLength === undefined ? [] : [`at least ${minLength} characters`]),
    ...(maxLength === undefined ? [] : [`at most ${maxLength} characters`]),
  ];
  return limits.join(', ');
}

/** An example value: the one of the schema, or one composed of the examples of its properties. */
export function exampleOf(
  schema: JsonSchema,
  document: OpenapiDocument,
  ancestors: readonly JsonSchema[] = [],
): unknown {
  const resolved = resolveRef(schema, document);
  if (ancestors.includes(resolved)) return null;
  const { examples = [], example, const: constant, enum: values, default: defaultValue } = resolved;
  const [first] = [...examples, example, constant, values?.[0], defaultValue].filter((value) => value !== undefined);
  if (first !== undefined) return first;
  const path = [...ancestors, resolved];
  const [branch] = resolved.anyOf ?? resolved.oneOf ?? [];
  if (branch !== undefined) return exampleOf(branch, document, path);
  if (resolved.items !== undefined) return [exampleOf(resolved.items, document, path)];
  if (resolved.properties !== undefined) {
    const parts = Object.entries(resolved.properties);
    return Object.fromEntries(parts.map(([key, part]) => [key, exampleOf(part, document, path)]));
  }
  return plainExample(resolved);
}

/** An example of a schema that states nothing but a type. */
function plainExample({ type, minimum }: JsonSchema): unknown {
  const [name] = [type ?? 'null'].flat();
  if (name === 'integer' || name === 'number') return minimum ?? 1;
  if (name === 'boolean') return true;
  return name === 'string' ? 'text' : null;
}
