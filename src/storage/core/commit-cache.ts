import type { Engine } from './engine.ts';

/** Beyond so many answers all are forgotten: they are quick to look up again. */
const maxAnswers = 5000;

/**
 * Caches `find` until the next commit, by the database's change counter (SQLite: PRAGMA data_version), so a cached
 * value is never stale. Only found values are cached, so that lookups of unknown keys fill nothing. No cache where
 * there is no counter (PostgreSQL).
 */
export function cachedUntilCommit<Answer extends object>(
  engine: Engine,
  find: (key: string) => Promise<Answer | undefined>,
): (key: string) => Promise<Answer | undefined> {
  const answers = new Map<string, Answer>();
  let asOf: number | undefined;

  return async (key) => {
    const commits = engine.commits?.();
    if (commits === undefined) return find(key);
    if (commits !== asOf || answers.size >= maxAnswers) {
      answers.clear();
      asOf = commits;
    }
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = await find(key);
    // Somebody may have committed, and somebody else started afresh, while this was looked up.
    if (answer !== undefined && asOf === commits) answers.set(key, answer);
    return answer;
  };
}
