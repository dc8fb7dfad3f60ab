import { messagesFor } from '../messages/index.ts';
import type { OperationParameter, SchemaField } from './fields.ts';
import type { Operation, ProblemResponse, Reference } from './reference.ts';

const texts = messagesFor('en').apiReference;

export interface ReferenceMarkdownProps {
  /** The public URL of the server, without a trailing slash. */
  readonly publicUrl: string;
  /** The limit for one application; 0: unlimited. */
  readonly requestsPerMinute: number;
}

/** The API reference as Markdown, with absolute links. */
export function referenceMarkdown(
  { groups, problems }: Reference,
  { publicUrl, requestsPerMinute }: ReferenceMarkdownProps,
): string {
  const { authentication, paging, errors, throttling } = texts;
  const limit =
    requestsPerMinute > 0
      ? throttling.limited(new Intl.NumberFormat('en').format(requestsPerMinute))
      : throttling.unlimited;
  const parts = [
    `# ${texts.title}`,
    texts.lead,
    `[${texts.document}](${publicUrl}/api/v1/openapi.json)`,
    `## ${authentication.title}`,
    ...authentication.text,
    `[${authentication.flow}](${publicUrl}/docs/run-the-flow/)`,
    `## ${paging.title}`,
    ...paging.text,
    `## ${errors.title}`,
    ...errors.text,
    problemTable(problems),
    `[${errors.oauth}](${publicUrl}/docs/errors.md)`,
    `## ${throttling.title}`,
    limit,
    throttling.unavailable,
    ...groups.flatMap(({ name, meaning, operations }) => [
      `## ${name}`,
      meaning,
      ...operations.flatMap(operationParts),
    ]),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function operationParts(operation: Operation): readonly string[] {
  const { method, path, summary, description, parameters, body, successes, problems, curl } = operation;
  return [
    `### ${summary}`,
    `\`${method} ${path}\``,
    description,
    parameterPart(texts.parameters, parameters),
    parameterPart(`${texts.body}: ${texts.bodyText}`, body),
    `${texts.request}:`,
    fence('sh', curl),
    ...successes.flatMap(({ statuses, fields, example }) => [
      `${texts.response(statuses.map(({ status }) => status).join(', '))}: ${statuses.map(({ meaning }) => meaning).join(' ')}`,
      fieldTable(fields),
      example === '' ? '' : fence('json', example),
    ]),
    `${texts.problems}: ${problems.map(({ status, code }) => `${status} \`${code}\``).join(', ')}`,
  ];
}

function parameterPart(title: string, parameters: readonly OperationParameter[]): string {
  const { name, where, type, default: defaultValue, meaning } = texts.columns;
  const lines = parameters.map((each) => [
    `\`${each.name}\`${each.required ? ` (${texts.required})` : ''}`,
    texts.where[each.where],
    [each.type, each.limits].filter(Boolean).join(', '),
    each.defaultValue ?? texts.none,
    each.meaning,
  ]);
  return lines.length === 0 ? '' : `${title}\n\n${table([name, where, type, defaultValue, meaning], lines)}`;
}

function fieldTable(fields: readonly SchemaField[]): string {
  const { field, type, meaning } = texts.columns;
  const lines = fields.map((each) => [`\`${each.name}\``, each.type, each.meaning]);
  return lines.length === 0 ? '' : table([field, type, meaning], lines);
}

function problemTable(problems: readonly ProblemResponse[]): string {
  const { status, code, meaning } = texts.columns;
  const lines = problems.map((each) => [each.status, `\`${each.code}\``, each.meaning]);
  return table([status, code, meaning], lines);
}

/** A table in Markdown. Bars within cells are escaped. */
function table(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const delimiters = head.map(() => '---');
  const rows = [head, delimiters, ...lines.map((cells) => cells.map((cell) => cell.replaceAll('|', '\\|')))];
  return rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function fence(language: string, code: string): string {
  return `\`\`\`${language}\n${code}\n\`\`\``;
}
