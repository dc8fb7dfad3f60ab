import type { Application, Applications, Impact, Listed } from '../../ports/store/index.ts';
import { contains, patternFor } from '../core/case-folding.ts';
import type { Connection } from '../core/engine.ts';
import { listedBy, rememberByShape } from '../core/paging.ts';
import { type Given, query } from '../core/query.ts';
import { applicationFrom } from './application-rows.ts';

type Search = Parameters<Applications['search']>[0];

interface Args {
  readonly limit: number;
  readonly time: number;
  readonly id: string;
  readonly pattern: string;
  readonly status: Application['status'];
}

const newestFirst = rememberByShape((shape: { readonly text: boolean; readonly status: boolean }) =>
  query((db, given: Given<Args>) =>
    db
      .selectFrom('applications')
      .selectAll()
      .where((row) =>
        row.or([
          row('created_at', '<', given.time),
          row.and([row('created_at', '=', given.time), row('id', '<', given.id)]),
        ]),
      )
      .$if(shape.text, (rows) => rows.where((row) => contains(row.ref('search_folded'), given.pattern)))
      .$if(shape.status, (rows) => rows.where('status', '=', given.status))
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(given.limit),
  ),
);

export async function searchApplications(db: Connection, asked: Search): Promise<Listed<Application>> {
  const { limit, after, text, status } = asked;
  const [time, id = ''] = after?.split(' ') ?? [];
  const rows = await db.rows(newestFirst({ text: text !== undefined, status: status !== undefined }), {
    limit: limit + 1,
    time: time === undefined ? Number.MAX_SAFE_INTEGER : Number(time),
    id,
    pattern: patternFor(text ?? ''),
    status: status ?? 'active',
  });
  return listedBy(rows.map(applicationFrom), limit, (row) => `${row.createdAt} ${row.id}`);
}

const live = query((db, given: Given<{ id: string }>) =>
  db
    .selectFrom('authorizations')
    .select((row) => ['method', row.fn.countAll<number>().as('users'), row.fn.max('last_used_at').as('last_used_at')])
    .where('application_id', '=', given.id)
    .where('revoked_at', 'is', null)
    .groupBy('method'),
);

export async function applicationImpact(db: Connection, id: string): Promise<Impact> {
  const rows = await db.rows(live, { id });
  const count = (method: string) => rows.find((row) => row.method === method)?.users ?? 0;
  const [byConsent, byPassword] = [count('consent'), count('password')];
  const lastUses = rows.flatMap((row) => row.last_used_at ?? []);
  return {
    users: byConsent + byPassword,
    byConsent,
    byPassword,
    lastUsedAt: lastUses.length ? Math.max(...lastUses) : null,
  };
}
