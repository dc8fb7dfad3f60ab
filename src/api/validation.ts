import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { Problem } from '../http/problem.ts';
import type { Params } from '../oauth/params.ts';

/** The parts of a query's or path's schema that are needed to read a value from text. */
interface TextSchema {
  readonly type?: 'boolean' | 'integer' | 'string';
  readonly description?: string;
  readonly properties?: Readonly<Record<string, TextSchema>>;
}

interface ValidationError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: object;
  readonly message: string;
}

/**
 * Compiles the schemas of requests, which the OpenAPI document is generated from, to validators.
 *
 * - The query, as {@link Params}: parameters that the schema doesn't name are ignored, an empty one counts as absent,
 *   numbers and booleans are parsed strictly, and a repeated one is refused.
 * - The path: a segment that can't be an identifier is 404.
 * - The body: strict types without conversion; keys that the schema doesn't name are ignored.
 *
 * The error is a {@link Problem}, whose text never repeats the received value.
 */
export const compileValidator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const validator = Compile(schema);
  const check = (value: unknown) => {
    if (validator.Check(value)) return { value };
    const first = validator.Errors(value)[0] as ValidationError | undefined;
    return { error: invalid(first === undefined ? 'The request is malformed' : sentence(first, schema as TextSchema)) };
  };
  const properties = Object.entries((schema as TextSchema).properties ?? {});
  if (httpPart === 'querystring') return (query: Params) => attempt(() => check(readQuery(properties, query)));
  if (httpPart === 'params') {
    return (path: Readonly<Record<string, string>>) => {
      const value = attempt(() => check(readPath(properties, path)));
      return 'error' in value ? { error: new Problem(404, 'not_found', 'There is nothing at this address') } : value;
    };
  }
  return check;
};

type Checked = { readonly value: unknown } | { readonly error: Error };

function attempt(read: () => Checked): Checked {
  try {
    return read();
  } catch (error) {
    if (error instanceof Problem) return { error };
    throw error;
  }
}

type Properties = readonly (readonly [string, TextSchema])[];

function readQuery(properties: Properties, query: Params): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, schema] of properties) {
    if (query.repeated.has(name)) throw invalid(`${name} is repeated`);
    const text = query.get(name);
    if (text !== undefined) values[name] = readText(name, schema, text);
  }
  return values;
}

function readPath(properties: Properties, path: Readonly<Record<string, string>>): Record<string, unknown> {
  return Object.fromEntries(properties.map(([name, schema]) => [name, readSegment(name, schema, path[name] ?? '')]));
}

/** Parses a segment of the path. A resource has one address, so `007` is not `7`. */
function readSegment(name: string, schema: TextSchema, text: string): unknown {
  if (schema.type === 'integer' && text.startsWith('0')) throw invalid(`${name} has a leading zero`);
  return readText(name, schema, text);
}

function readText(name: string, schema: TextSchema, text: string): unknown {
  if (schema.type === 'boolean') return readBoolean(name, text);
  if (schema.type !== 'integer') return text;
  if (!/^-?\d{1,30}$/.test(text)) throw invalid(`${name} must be a whole number`);
  return Number(text);
}

/** Parses a boolean in the spellings of Python (`True`), JavaScript (`true`) and people (`1`, `TRUE`). */
function readBoolean(name: string, text: string): boolean {
  if (/^(?:true|1)$/i.test(text)) return true;
  if (/^(?:false|0)$/i.test(text)) return false;
  throw invalid(`${name} must be true or false`);
}

function invalid(detail: string): Problem {
  return new Problem(400, 'invalid_request', detail);
}

/**
 * The sentence for a validation error, such as `custom_name must not have more than 100 characters`: the property,
 * which the schema names, and the rule.
 */
function sentence({ keyword, instancePath, params, message }: ValidationError, schema: TextSchema): string {
  const name = instancePath.slice(1);
  const of = (parameter: string): unknown => Reflect.get(params, parameter);
  switch (keyword) {
    case 'required':
      return `These are required: ${list(of('requiredProperties'), ', ')}`;
    case 'type':
      return name === '' ? 'The body must be a JSON object' : `${name} must be of type ${String(of('type'))}`;
    case 'enum':
      return `${name} must be one of ${list(of('allowedValues'), ', ')}`;
    case 'pattern':
      return `${name} must be: ${schema.properties?.[name]?.description ?? 'of the right form'}`;
    case 'minimum':
      return `${name} must be at least ${String(of('limit'))}`;
    case 'maximum':
      return `${name} must be at most ${String(of('limit'))}`;
    default:
      return `${name} ${message}`;
  }
}

function list(values: unknown, separator: string): string {
  return Array.isArray(values) ? values.join(separator) : '';
}
