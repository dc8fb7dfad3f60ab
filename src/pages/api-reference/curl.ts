import type { OperationParameter } from './fields.ts';

interface Request {
  readonly base: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly OperationParameter[];
  readonly body: readonly OperationParameter[];
}

/** A command for a shell that sends the request, with the access token in `$ACCESS_TOKEN`. */
export function curlOf({ base, method, path, parameters, body }: Request): string {
  const filled = path.replace(/\{([^}]+)\}/g, (_place, name: string) =>
    encodeURIComponent(parameters.find((one) => one.where === 'path' && one.name === name)?.example ?? name),
  );
  const query = exampleQuery(parameters);
  const url = `${base}${filled}${query === '' ? '' : `?${query}`}`;
  const lines = [
    ...(method === 'GET' ? [] : [`-X ${method}`]),
    '-H "Authorization: Bearer $ACCESS_TOKEN"',
    ...(body.length === 0 ? [] : [`-H 'Content-Type: application/json'`, `-d ${quoted(jsonBody(body))}`]),
    quoted(url),
  ];
  return `curl ${lines.join(' \\\n  ')}`;
}

/** What must be there, and one that need not, to show where it goes. */
function exampleQuery(parameters: readonly OperationParameter[]): string {
  const query = parameters.filter(({ where }) => where === 'query');
  const shown = query.filter(({ required, kind }) => required || kind === 'boolean');
  return new URLSearchParams(shown.map(({ name, example }) => [name, example])).toString();
}

function jsonBody(body: readonly OperationParameter[]): string {
  return JSON.stringify(
    Object.fromEntries(body.map(({ name, kind, example }) => [name, kind === 'text' ? example : JSON.parse(example)])),
  );
}

/** A quote within quotes ends them, is written for itself, and opens them again. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
