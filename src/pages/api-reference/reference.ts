import { documentedCode } from '../docs/errors/error-codes.ts';
import { curlOf } from './curl.ts';
import {
  type JsonSchema,
  jsonContent,
  type OpenapiDocument,
  type OpenapiOperation,
  type OpenapiResponse,
} from './document.ts';
import { exampleOf, fieldsOf, limitsOf, type OperationParameter, type SchemaField, typeOf } from './fields.ts';

/** The content of the API reference. */
export interface Reference {
  readonly groups: readonly OperationGroup[];
  /** The errors of all operations, each combination of status and code once. */
  readonly problems: readonly ProblemResponse[];
}

/** The operations with one tag. */
export interface OperationGroup {
  readonly name: string;
  readonly meaning: string;
  readonly operations: readonly Operation[];
}

export interface Operation {
  /** The `operationId`, which is also the anchor. */
  readonly id: string;
  /** In upper case. */
  readonly method: string;
  /** With placeholders in braces: `/devices/{id}/`. */
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  /** First those of the path, then those of the query. */
  readonly parameters: readonly OperationParameter[];
  /** The properties of the JSON object in the body; none: the operation takes no body. */
  readonly body: readonly OperationParameter[];
  readonly successes: readonly Success[];
  readonly problems: readonly ProblemResponse[];
  readonly curl: string;
}

/** A successful response. Statuses whose responses have the same fields are combined. */
export interface Success {
  readonly statuses: readonly { readonly status: string; readonly meaning: string }[];
  readonly fields: readonly SchemaField[];
  /** Indented JSON; empty: a response without a body. */
  readonly example: string;
}

/** An error response of an operation. */
export interface ProblemResponse {
  readonly status: string;
  readonly code: string;
  readonly meaning: string;
  /** An example of `detail`. */
  readonly detail: string;
  /** The names of its headers. */
  readonly headers: readonly string[];
}

/**
 * Derives the reference from the OpenAPI document.
 * @throws {Error} if an operation has no `operationId`, if a parameter is neither in the path nor in the query, or if a
 * `$ref` leads nowhere
 */
export function referenceFrom(document: OpenapiDocument): Reference {
  const tagged = operationsOf(document);
  const declared = (document.tags ?? []).map(({ name, description = '' }) => ({ name, meaning: description }));
  const undeclared = tagged.flatMap(({ tag }) => (declared.some(({ name }) => name === tag) ? [] : [tag]));
  const tags = [...declared, ...[...new Set(undeclared)].map((name) => ({ name, meaning: '' }))];
  const groups = tags.map(({ name, meaning }) => ({
    name,
    meaning,
    operations: tagged.filter(({ tag }) => tag === name).map(({ operation }) => operation),
  }));
  const operations = groups.flatMap((group) => group.operations);
  return { groups: groups.filter((group) => group.operations.length > 0), problems: problemsOfAll(operations) };
}

function operationsOf(document: OpenapiDocument) {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      tag: operation.tags?.[0] ?? '',
      operation: operationFrom(document, method.toUpperCase(), path, operation),
    })),
  );
}

function operationFrom(
  document: OpenapiDocument,
  method: string,
  path: string,
  operation: OpenapiOperation,
): Operation {
  const { operationId: id, summary = '', description = '', responses } = operation;
  if (id === undefined) throw new Error(`${method} ${path} has no operationId, which is its anchor`);
  const parameters = parametersOf(operation, document);
  const { schema: bodySchema } = jsonContent(operation.requestBody?.content);
  const body = bodySchema === undefined ? [] : bodyOf(bodySchema, document);
  const byStatus = Object.entries(responses);
  const [server] = document.servers ?? [];
  return {
    id,
    method,
    path,
    summary,
    description,
    parameters,
    body,
    successes: successesOf(
      byStatus.filter(([status]) => status < '400'),
      document,
    ),
    problems: byStatus
      .filter(([status]) => status >= '400')
      .flatMap(([status, response]) => problemsFrom(status, response)),
    curl: curlOf({ base: server?.url ?? '', method, path, parameters, body }),
  };
}

function parametersOf({ parameters = [] }: OpenapiOperation, document: OpenapiDocument): readonly OperationParameter[] {
  const all = parameters.map(({ name, in: where, required = false, description, example, schema: bare }) => {
    const schema = example === undefined ? bare : { ...bare, example };
    if (where !== 'path' && where !== 'query') throw new Error(`Parameters in ${where} are not shown: ${name}`);
    return parameterFrom({ name, where, required, meaning: description ?? schema.description ?? '', schema }, document);
  });
  return [...all.filter(({ where }) => where === 'path'), ...all.filter(({ where }) => where === 'query')];
}

function bodyOf(schema: JsonSchema, document: OpenapiDocument): readonly OperationParameter[] {
  return Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const required = schema.required?.includes(name) === true;
    const meaning = property.description ?? '';
    return parameterFrom({ name, where: 'body', required, meaning, schema: property }, document);
  });
}

function parameterFrom(
  params: Pick<OperationParameter, 'name' | 'where' | 'required' | 'meaning'> & { readonly schema: JsonSchema },
  document: OpenapiDocument,
): OperationParameter {
  const { schema, ...common } = params;
  const [type] = [schema.type ?? 'string'].flat();
  const kind = type === 'boolean' ? 'boolean' : type === 'integer' || type === 'number' ? 'number' : 'text';
  return {
    ...common,
    type: typeOf(schema, document),
    limits: limitsOf(schema),
    defaultValue: schema.default === undefined ? null : String(schema.default),
    choices: kind === 'boolean' ? ['true', 'false'] : (schema.enum ?? []).map(String),
    example: String(exampleOf(schema, document)),
    kind,
  };
}

function successesOf(
  responses: readonly (readonly [status: string, response: OpenapiResponse])[],
  document: OpenapiDocument,
): readonly Success[] {
  const groups = new Map<string, Success>();
  for (const [status, { description, content }] of responses) {
    const { schema, example } = jsonContent(content);
    const fields = schema === undefined ? [] : fieldsOf(schema, document);
    const key = JSON.stringify(fields);
    const value = example ?? (schema === undefined ? undefined : exampleOf(schema, document));
    const existing = groups.get(key);
    groups.set(key, {
      statuses: [...(existing?.statuses ?? []), { status, meaning: description }],
      fields,
      example: existing?.example ?? (value === undefined ? '' : JSON.stringify(value, null, 2)),
    });
  }
  return [...groups.values()];
}

/** One for each code of a status. */
function problemsFrom(
  status: string,
  { description, content, headers = {} }: OpenapiResponse,
): readonly ProblemResponse[] {
  const { example = {}, examples = {} } = jsonContent(content);
  const several = Object.values(examples).map(({ value }) => value);
  return (several.length > 0 ? several : [example]).map((each) => {
    const { code = '', detail = '' } = each as { readonly code?: string; readonly detail?: string };
    // If a status has several codes, its description is about all of them.
    const meaning = several.length > 0 ? documentedCode(code)?.explanation.meaning : undefined;
    return { status, code, meaning: meaning ?? description, detail, headers: Object.keys(headers) };
  });
}

function problemsOfAll(operations: readonly Operation[]): readonly ProblemResponse[] {
  const all = operations.flatMap(({ problems }) => problems);
  const distinct = all.filter(
    ({ status, code }, index) => all.findIndex((other) => other.status === status && other.code === code) === index,
  );
  return distinct.toSorted((one, other) => one.status.localeCompare(other.status));
}
