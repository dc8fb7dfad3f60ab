/**
 * Where oidc-provider keeps everything: Maps in memory, by its documented adapter interface. An operation on a token
 * takes the same time however many there are. That isn't so with the adapter it comes with, a demonstration, which
 * holds some 1,000 entries and walks through all tokens of a grant for each that is issued. Nothing reaches a disk;
 * what has expired is dropped when somebody asks for it.
 */
export type Payload = Record<string, unknown> & { readonly grantId?: string; readonly uid?: string; userCode?: string };

interface Entry {
  readonly payload: Payload;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

const entries = new Map<string, Entry>();
/** The keys of what was issued under a grant. */
const ofGrant = new Map<string, Set<string>>();
/** Session uids and user codes, and the id that each stands for. */
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
      for (const key of ofGrant.get(grantId) ?? []) entries.delete(key);
      ofGrant.delete(grantId);
    },
  };
}

function keysOf(grantId: string): Set<string> {
  const known = ofGrant.get(grantId);
  if (known !== undefined) return known;
  const keys = new Set<string>();
  ofGrant.set(grantId, keys);
  return keys;
}

function remove(key: string): void {
  const { grantId } = entries.get(key)?.payload ?? {};
  entries.delete(key);
  if (grantId !== undefined) ofGrant.get(grantId)?.delete(key);
}
