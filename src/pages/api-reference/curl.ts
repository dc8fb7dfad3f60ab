import type { OperationParameter } from './fields.ts';

interface Request {
  readonly base: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly OperationParameter[];
  readonly body: readonly OperationParameter[];
}

/** A shell command that sends the example request. The access token is `$ACCESS_TOKEN`. */
export function curlOf({ base, method, path, parameters, body }: Request): string {
  const filled = path.replace(/\{([^}]+)\}/g, (_placeholder, name: string) =>
    encodeURIComponent(parameters.find((each) => each.where === 'path' && each.name === name)?.example ?? name),
  );
  const query = exampleQuery(parameters);
  const url = `${base}${filled}${query === '' ? '' : `?${query}`}`;
  const lines = [
    ...(method === 'GET' ? [] : [`-X ${method}`]),
    '-H "Authorization: Bearer $ACCESS_TOKEN"',
    ...(body.length === 0 ? [] : [`-H 'Content-Type: application/json'`, `-d ${shellQuoted(jsonBody(body))}`]),
    shellQuoted(url),
  ];
  return `curl ${lines.join(' \\\n  ')}`;
}

/** The required parameters and the optional booleans, which show where parameters go. */
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

/** Single-quoted for a POSIX shell: each quote inside is written as `'\''`. */
function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
