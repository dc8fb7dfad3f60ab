/**
 * The storage of oidc-provider: Maps in memory, behind its documented adapter interface. An operation takes the same
 * time however many tokens there are, unlike with the demonstration adapter of oidc-provider, which holds some 1,000
 * entries and iterates over all tokens of a grant for each that is issued. Nothing is written to a disk; an expired
 * entry is removed when it is looked up.
 */
export type Payload = Record<string, unknown> & { readonly grantId?: string; readonly uid?: string; userCode?: string };

interface Entry {
  readonly payload: Payload;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

const entries = new Map<string, Entry>();
/** The keys of the entries of each grant. */
const keysByGrant = new Map<string, Set<string>>();
/** The ID of an entry by its session uid or user code. */
const aliases = new Map<string, string>();

export function mapAdapter(model: string) {
  const keyOf = (id: string) => `${model}:${id}`;
  const find = async (id: string | undefined): Promise<Payload | undefined> => {
    if (id === undefined) return undefined;
    const entry = entries.get(keyOf(id));
    if (entry === undefined || entry.expiresAt > Date.now()) return entry?.payload;
    remove(keyOf(id));
    return undefined;
  };
  return {
    async upsert(id: string, payload: Payload, expiresIn: number | undefined): Promise<void> {
      const key = keyOf(id);
      const { grantId, uid, userCode } = payload;
      entries.set(key, { payload, expiresAt: expiresIn === undefined ? Infinity : Date.now() + expiresIn * 1000 });
      if (grantId !== undefined) keysOf(grantId).add(key);
      for (const alias of [uid, userCode]) if (alias !== undefined) aliases.set(keyOf(alias), id);
    },
    find,
    findByUid: (uid: string) => find(aliases.get(keyOf(uid))),
    findByUserCode: (userCode: string) => find(aliases.get(keyOf(userCode))),
    async consume(id: string): Promise<void> {
      const payload = await find(id);
      if (payload !== undefined) payload.consumed = Math.floor(Date.now() / 1000);
    },
    async destroy(id: string): Promise<void> {
      remove(keyOf(id));
    },
    async revokeByGrantId(grantId: string): Promise<void> {
      for (const key of keysByGrant.get(grantId) ?? []) entries.delete(key);
      keysByGrant.delete(grantId);
    },
  };
}

function keysOf(grantId: string): Set<string> {
  const known = keysByGrant.get(grantId);
  if (known !== undefined) return known;
  const keys = new Set<string>();
  keysByGrant.set(grantId, keys);
  return keys;
}

function remove(key: string): void {
  const { grantId } = entries.get(key)?.payload ?? {};
  entries.delete(key);
  if (grantId !== undefined) keysByGrant.get(grantId)?.delete(key);
}
