import type { FastifyInstance } from 'fastify';

/** The form of all our paths. An alias with encoded characters, doubled slashes or dot segments never has it. */
const plainPath = /^(?:\/[A-Za-z0-9_~-][A-Za-z0-9_.~-]*)*\/?$|^\/\.well-known\/[a-z-]+(?:\.txt)?$/;

/** The endpoint to which anybody can report a leaked secret or token, which revokes it. */
export const reportLeakPath = '/oauth2/report-leak/';

/** The path of a request target, without its query. */
export function pathOf(target: string): string {
  const queryStart = target.indexOf('?');
  return queryStart === -1 ? target : target.slice(0, queryStart);
}

/** The query of a request target, byte for byte, without the question mark. */
export function queryOf(target: string): string {
  const queryStart = target.indexOf('?');
  return queryStart === -1 ? '' : target.slice(queryStart + 1);
}

/** Whether a path can be one of ours: no encoded characters, doubled slashes or dot segments. */
export function isPlainPath(path: string): boolean {
  return plainPath.test(path);
}

/** The paths of the registered routes: `:name` matches one segment, a final `*` any number of them. */
export class KnownPaths {
  readonly #patterns = new Map<string, RegExp>();

  /** Collects every route that is registered on `app` after this call. */
  watch(app: FastifyInstance): void {
    app.addHook('onRoute', ({ url }) => {
      const source = url
        .replace(/[.]/g, '\\.')
        .replace(/:[a-z]+/gi, '[^/]+')
        .replace(/\*$/, '.*');
      this.#patterns.set(url, new RegExp(`^${source}$`));
    });
  }

  has(path: string): boolean {
    for (const pattern of this.#patterns.values()) if (pattern.test(path)) return true;
    return false;
  }

  /** The path with its trailing slash, if it exists and only the slash is missing. */
  withSlash(path: string): string | undefined {
    const slashed = `${path}/`;
    return !path.endsWith('/') && isPlainPath(slashed) && this.has(slashed) ? slashed : undefined;
  }
}
