/** Sends requests as fast as one core answers them. */
import autocannon from 'autocannon';

export interface Load {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Record<string, string>;
  /** A body for each request, in turn; absent: none. */
  readonly nextBody?: () => string;
}

/** Requests that are under way at once. */
export const connections = Number(process.env.CONNECTIONS ?? 32);

/** Requests per second over `seconds`. Every answer must be 200: a fast refusal is no result. */
export async function rate(load: Load, seconds: number): Promise<number> {
  const { url, method, headers, nextBody } = load;
  const withBody = nextBody && [{ setupRequest: (request: object) => ({ ...request, body: nextBody() }) }];
  const result = await autocannon({
    url,
    method,
    headers,
    connections,
    duration: seconds,
    ...(withBody === undefined ? {} : { requests: withBody }),
  });
  const { errors, non2xx, '2xx': good } = result;
  if (errors > 0 || non2xx > 0)
    throw new Error(`${url}: ${non2xx} refusals and ${errors} errors beside ${good} answers`);
  return good / result.duration;
}

export function basic({ id, secret }: { readonly id: string; readonly secret: string }): string {
  return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
}

export function form(fields: Record<string, string>): string {
  return new URLSearchParams(fields).toString();
}
