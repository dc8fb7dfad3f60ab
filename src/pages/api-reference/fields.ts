import { type JsonSchema, type OpenapiDocument, resolve } from './document.ts';

/** One line of a table that describes JSON. */
export interface SchemaField {
  /** From the outermost object: `results[].id`. */
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  /** Empty if the document says nothing. */
  readonly meaning: string;
}

type Where = 'path' | 'query' | 'body';

/** One value of a request: of its path, its query or its body. */
export interface OperationParameter {
  readonly name: string;
  readonly where: Where;
  readonly required: boolean;
  readonly type: string;
  readonly limits: string;
  readonly meaning: string;
  /** As it is written in a request; `null`: there is none. */
  readonly defaultValue: string | null;
  /** If only these are possible. */
  readonly choices: readonly string[];
  readonly example: string;
  /** What it is in JSON. */
  readonly kind: 'text' | 'number' | 'boolean';
}

/** All fields of an object, one after the other, those of nested objects right below them. */
export function fieldsOf(schema: JsonSchema, document: OpenapiDocument): readonly SchemaField[] {
  return walk(schema, document, '', []);
}

/** `inside`: the schemas this one is part of; one that holds itself is not followed a second time. */
function walk(
  schema: JsonSchema,
  document: OpenapiDocument,
  prefix: string,
  inside: readonly JsonSchema[],
): readonly SchemaField[] {
  const whole = resolve(schema, document);
  if (inside.includes(whole)) return [];
  const within = [...inside, whole];
  if (whole.items !== undefined) return walk(whole.items, document, prefix === '' ? '[]' : `${prefix}[]`, within);
  return Object.entries(whole.properties ?? {}).flatMap(([key, part]) => {
    const name = prefix === '' ? key : `${prefix}.${key}`;
    const property = resolve(part, document);
    const required = whole.required?.includes(key) === true;
    const meaning = part.description ?? property.description ?? '';
    return [{ name, type: typeOf(part, document), required, meaning }, ...walk(part, document, name, within)];
  });
}

/** `integer`, `integer or null`, `array of objects`, `string: MANAGER`, `string, date-time`. */
export function typeOf(schema: JsonSchema, document: OpenapiDocument): string {
  const whole = resolve(schema, document);
  const branches = whole.anyOf ?? whole.oneOf;
  if (branches !== undefined) return branches.map((branch) => typeOf(branch, document)).join(' or ');
  if (whole.items !== undefined) return `array of ${typeOf(whole.items, document)}s`;
  const names = whole.type === undefined ? ['any'] : [whole.type].flat();
  const only = whole.const === undefined ? whole.enum : [whole.const];
  const [single] = only?.length === 1 ? only : [];
  if (single !== undefined) return `${names.join(' or ')}: ${String(single)}`;
  return [names.join(' or '), ...(whole.format === undefined ? [] : [whole.format])].join(', ');
}

/** What a number or a text is held to, in words; empty: nothing. */
export function limitsOf({ minimum, maximum, minLength, maxLength }: JsonSchema): string {
  const ends = [
    ...(minimum !== undefined && maximum !== undefined ? [`${minimum} to ${maximum}`] : []),
    ...(minimum !== undefined && maximum === undefined ? [`from ${minimum}`] : []),
    ...(minimum === undefined && maximum !== undefined ? [`up to ${maximum}`] : []),
    ...(minLength === undefined ? [] : [`at least ${minLength} characters`]),
    ...(maxLength === undefined ? [] : [`at most ${maxLength} characters`]),
  ];
  return ends.join(', ');
}

/** A value that fits: the example of the schema, or one made from its parts. */
export function exampleOf(schema: JsonSchema, document: OpenapiDocument, inside: readonly JsonSchema[] = []): unknown {
  const whole = resolve(schema, document);
  if (inside.includes(whole)) return null;
  const given = [...(whole.examples ?? []), ...[whole.example, whole.const, whole.enum?.[0], whole.default]];
  const [first] = given.filter((value) => value !== undefined);
  if (first !== undefined) return first;
  const within = [...inside, whole];
  const [branch] = whole.anyOf ?? whole.oneOf ?? [];
  if (branch !== undefined) return exampleOf(branch, document, within);
  if (whole.items !== undefined) return [exampleOf(whole.items, document, within)];
  if (whole.properties !== undefined) {
    const parts = Object.entries(whole.properties);
    return Object.fromEntries(parts.map(([key, part]) => [key, exampleOf(part, document, within)]));
  }
  return plainExample(whole);
}

function plainExample({ type, minimum }: JsonSchema): unknown {
  const [name] = [type ?? 'null'].flat();
  if (name === 'integer' || name === 'number') return minimum ?? 1;
  if (name === 'boolean') return true;
  return name === 'string' ? 'text' : null;
}
