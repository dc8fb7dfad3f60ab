import type { Application, Applications, CursorPage, Impact } from '../../ports/store/index.ts';
import { contains, patternFor } from '../core/case-folding.ts';
import type { Connection } from '../core/engine.ts';
import { cursorPageOf, memoizeByShape } from '../core/paging.ts';
import { type BindParams, query } from '../core/query.ts';
import { applicationFrom } from './application-rows.ts';

type Search = Parameters<Applications['search']>[0];

interface Args {
  readonly limit: number;
  readonly time: number;
  readonly id: string;
  readonly pattern: string;
  readonly status: Application['status'];
}

const newestFirst = memoizeByShape((shape: { readonly text: boolean; readonly status: boolean }) =>
  query((db, params: BindParams<Args>) =>
    db
      .selectFrom('applications')
      .selectAll()
      .where((row) =>
        row.or([
          row('created_at', '<', params.time),
          row.and([row('created_at', '=', params.time), row('id', '<', params.id)]),
        ]),
      )
      .$if(shape.text, (rows) => rows.where((row) => contains(row.ref('search_folded'), params.pattern)))
      .$if(shape.status, (rows) => rows.where('status', '=', params.status))
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(params.limit),
  ),
);

export async function searchApplications(db: Connection, search: Search): Promise<CursorPage<Application>> {
  const { limit, after, text, status } = search;
  const [time, id = ''] = after?.split(' ') ?? [];
  const rows = await db.rows(newestFirst({ text: text !== undefined, status: status !== undefined }), {
    limit: limit + 1,
    time: time === undefined ? Number.MAX_SAFE_INTEGER : Number(time),
    id,
    pattern: patternFor(text ?? ''),
    status: status ?? 'active',
  });
  return cursorPageOf(rows.map(applicationFrom), limit, (row) => `${row.createdAt} ${row.id}`);
}

const activeByMethod = query((db, params: BindParams<{ id: string }>) =>
  db
    .selectFrom('authorizations')
    .select((row) => ['method', row.fn.countAll<number>().as('users'), row.fn.max('last_used_at').as('last_used_at')])
    .where('application_id', '=', params.id)
    .where('revoked_at', 'is', null)
    .groupBy('method'),
);

export async function applicationImpact(db: Connection, id: string): Promise<Impact> {
  const rows = await db.rows(activeByMethod, { id });
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
