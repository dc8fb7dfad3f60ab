/** The parts of an OpenAPI 3.1 document that the reference reads. */
export interface OpenapiDocument {
  readonly info: { readonly title: string; readonly version: string };
  readonly servers?: readonly { readonly url: string }[];
  readonly tags?: readonly { readonly name: string; readonly description?: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenapiOperation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, JsonSchema>> };
}

export interface OpenapiOperation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly OpenapiParameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, OpenapiResponse>>;
}

interface OpenapiParameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly example?: unknown;
  readonly schema: JsonSchema;
}

export interface OpenapiResponse {
  readonly description: string;
  readonly headers?: Readonly<Record<string, { readonly description?: string }>>;
  readonly content?: Content;
}

/** The content of a request or a response by media type. */
type Content = Readonly<Record<string, Media>>;

/** A media type object, with one example or several by name. */
interface Media {
  readonly schema?: JsonSchema;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

/** The keywords of JSON Schema that the reference shows. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly title?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly example?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

/** The JSON content of a request or a response. The API has no other content. */
export function jsonContent(content: Content | undefined): Media {
  return content?.['application/json'] ?? {};
}

const refPrefix = '#/components/schemas/';

/** Follows the `$ref` of a schema, if it has one. @throws {Error} if the document has no such schema */
export function resolveRef(schema: JsonSchema, document: OpenapiDocument): JsonSchema {
  if (schema.$ref === undefined) return schema;
  const name = schema.$ref.slice(refPrefix.length);
  const target = schema.$ref.startsWith(refPrefix) ? document.components?.schemas?.[name] : undefined;
  if (target === undefined) throw new Error(`${schema.$ref} is not in the document`);
  return resolveRef(target, document);
}
