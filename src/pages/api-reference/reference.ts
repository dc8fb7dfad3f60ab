import { documentedCode } from '../docs/errors/error-codes.ts';
import { curlOf } from './curl.ts';
import {
  formatJson,
  type JsonSchema,
  type OpenapiDocument,
  type OpenapiOperation,
  type OpenapiResponse,
} from './document.ts';
import { exampleOf, fieldsOf, limitsOf, type OperationParameter, type SchemaField, typeOf } from './fields.ts';

/** The API as the page shows it. */
export interface Reference {
  readonly groups: readonly OperationGroup[];
  /** Every error that some operation can answer, each once. */
  readonly problems: readonly ProblemResponse[];
}

export interface OperationGroup {
  readonly name: string;
  readonly meaning: string;
  readonly operations: readonly Operation[];
}

export interface Operation {
  /** Also the anchor. */
  readonly id: string;
  /** In capitals. */
  readonly method: string;
  /** With its places in braces. */
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  /** Of the path and of the query. */
  readonly parameters: readonly OperationParameter[];
  /** The properties of the JSON object that is sent; none: there is no body. */
  readonly body: readonly OperationParameter[];
  readonly successes: readonly Success[];
  readonly problems: readonly ProblemResponse[];
  readonly curl: string;
}

/** Statuses that answer the same fields share them. */
export interface Success {
  readonly statuses: readonly { readonly status: string; readonly meaning: string }[];
  readonly fields: readonly SchemaField[];
  /** Indented JSON; empty: an answer without a body. */
  readonly example: string;
}

export interface ProblemResponse {
  readonly status: string;
  readonly code: string;
  readonly meaning: string;
  /** What `detail` may say. */
  readonly detail: string;
  readonly headers: readonly string[];
}

/**
 * Reads the document that the API publishes. Throws on what it could not show: an operation without a name, a reference
 * to nothing.
 */
export function referenceFrom(document: OpenapiDocument): Reference {
  const found = operationsOf(document);
  const known = (document.tags ?? []).map(({ name, description = '' }) => ({ name, meaning: description }));
  const unknown = found.flatMap(({ tag }) => (known.some(({ name }) => name === tag) ? [] : [tag]));
  const tags = [...known, ...[...new Set(unknown)].map((name) => ({ name, meaning: '' }))];
  const groups = tags.map(({ name, meaning }) => ({
    name,
    meaning,
    operations: found.filter(({ tag }) => tag === name).map(({ operation }) => operation),
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
  const { schema: bodySchema } = formatJson(operation.requestBody?.content);
  const body = bodySchema === undefined ? [] : bodyOf(bodySchema, document);
  const answers = Object.entries(responses);
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
      answers.filter(([status]) => status < '400'),
      document,
    ),
    problems: answers.filter(([status]) => status >= '400').flatMap(([status, answer]) => problemsFrom(status, answer)),
    curl: curlOf({ base: server?.url ?? '', method, path, parameters, body }),
  };
}

function parametersOf({ parameters = [] }: OpenapiOperation, document: OpenapiDocument): readonly OperationParameter[] {
  const read = parameters.map(({ name, in: where, required = false, description, example, schema: bare }) => {
    const schema = example === undefined ? bare : { ...bare, example };
    if (where !== 'path' && where !== 'query') throw new Error(`Parameters in ${where} are not shown: ${name}`);
    return parameterFrom({ name, where, required, meaning: description ?? schema.description ?? '', schema }, document);
  });
  return [...read.filter(({ where }) => where === 'path'), ...read.filter(({ where }) => where === 'query')];
}

function bodyOf(schema: JsonSchema, document: OpenapiDocument): readonly OperationParameter[] {
  return Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const required = schema.required?.includes(name) === true;
    const meaning = property.description ?? '';
    return parameterFrom({ name, where: 'body', required, meaning, schema: property }, document);
  });
}

function parameterFrom(
  given: Pick<OperationParameter, 'name' | 'where' | 'required' | 'meaning'> & { readonly schema: JsonSchema },
  document: OpenapiDocument,
): OperationParameter {
  const { schema, ...named } = given;
  const [type] = [schema.type ?? 'string'].flat();
  const kind = type === 'boolean' ? 'boolean' : type === 'integer' || type === 'number' ? 'number' : 'text';
  return {
    ...named,
    type: typeOf(schema, document),
    limits: limitsOf(schema),
    defaultValue: schema.default === undefined ? null : String(schema.default),
    choices: kind === 'boolean' ? ['true', 'false'] : (schema.enum ?? []).map(String),
    example: String(exampleOf(schema, document)),
    kind,
  };
}

function successesOf(
  answers: readonly (readonly [string, OpenapiResponse])[],
  document: OpenapiDocument,
): readonly Success[] {
  const groups = new Map<string, Success>();
  for (const [status, { description, content }] of answers) {
    const { schema, example } = formatJson(content);
    const fields = schema === undefined ? [] : fieldsOf(schema, document);
    const shape = JSON.stringify(fields);
    const value = example ?? (schema === undefined ? undefined : exampleOf(schema, document));
    const before = groups.get(shape);
    groups.set(shape, {
      statuses: [...(before?.statuses ?? []), { status, meaning: description }],
      fields,
      example: before?.example ?? (value === undefined ? '' : JSON.stringify(value, null, 2)),
    });
  }
  return [...groups.values()];
}

/** One for each code that the status comes with. */
function problemsFrom(
  status: string,
  { description, content, headers = {} }: OpenapiResponse,
): readonly ProblemResponse[] {
  const { example = {}, examples = {} } = formatJson(content);
  const several = Object.values(examples).map(({ value }) => value);
  return (several.length > 0 ? several : [example]).map((each) => {
    const { code = '', detail = '' } = each as { readonly code?: string; readonly detail?: string };
    // The description of a status is of all its codes together.
    const meaning = several.length > 0 ? documentedCode(code)?.explanation.meaning : undefined;
    return { status, code, meaning: meaning ?? description, detail, headers: Object.keys(headers) };
  });
}

function problemsOfAll(operations: readonly Operation[]): readonly ProblemResponse[] {
  const all = operations.flatMap(({ problems }) => problems);
  const first = all.filter(
    ({ status, code }, index) => all.findIndex((other) => other.status === status && other.code === code) === index,
  );
  return first.toSorted((one, other) => one.status.localeCompare(other.status));
}
