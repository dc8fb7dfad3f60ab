import type { FastifyInstance } from 'fastify';

/** All our paths are made of these; so an encoded, doubled or dotted alias of one never is one. */
const plainPath = /^(?:\/[A-Za-z0-9_~-][A-Za-z0-9_.~-]*)*\/?$|^\/\.well-known\/[a-z-]+$/;

/** The path of a request target, without its query. */
export function pathOf(target: string): string {
  const question = target.indexOf('?');
  return question === -1 ? target : target.slice(0, question);
}

/** The query of a request target, byte for byte, without the question mark. */
export function queryOf(target: string): string {
  const question = target.indexOf('?');
  return question === -1 ? '' : target.slice(question + 1);
}

export function isPlainPath(path: string): boolean {
  return plainPath.test(path);
}

/** The paths that exist, as they are registered: `:name` and a final `*` stand for one and for any segments. */
export class KnownPaths {
  readonly #patterns = new Map<string, RegExp>();

  /** Notes every route that is registered on `app` from now on. */
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

  /** The right path for one that only lacks its trailing slash. */
  withSlash(path: string): string | undefined {
    const slashed = `${path}/`;
    return !path.endsWith('/') && isPlainPath(slashed) && this.has(slashed) ? slashed : undefined;
  }
}
