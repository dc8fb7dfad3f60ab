import type { Engine } from './engine.ts';

/** When the cache is full, it is cleared as a whole: lookups are cheap. */
const maxEntries = 5000;

/**
 * Caches `find` until the next commit, by the database's change counter (SQLite: PRAGMA data_version), so a cached
 * value is never stale. Only found values are cached, so that lookups of unknown keys fill nothing. No cache where
 * there is no counter (PostgreSQL).
 */
export function cachedUntilCommit<Value extends object>(
  engine: Engine,
  find: (key: string) => Promise<Value | undefined>,
): (key: string) => Promise<Value | undefined> {
  const cache = new Map<string, Value>();
  /** The change counter at which the entries were read. */
  let cachedAt: number | undefined;

  return async (key) => {
    const commits = engine.commits?.();
    if (commits === undefined) return find(key);
    if (commits !== cachedAt || cache.size >= maxEntries) {
      cache.clear();
      cachedAt = commits;
    }
    const cached = cache.get(key);
    if (cached !== undefined) return cached;
    const value = await find(key);
    // A commit during the lookup may have made another call clear the cache: this value can then be stale.
    if (value !== undefined && cachedAt === commits) cache.set(key, value);
    return value;
  };
}
