import { sql } from 'kysely';
import { entryHash, genesisHash } from '../audit/audit-hash.ts';
import type { Dialect } from '../core/dialect.ts';
import { key, type Migration, notNull, type Run } from './migration.ts';

/** Makes the audit log a hash chain. Existing entries are chained in their order. */
export const auditChain: Migration = {
  name: '0007-audit-chain',
  statements: (dialect) => {
    const { queries, text, appendOnly } = dialect;
    const { schema } = queries;
    const addText = (name: string) => schema.alterTable('audit_events').addColumn(name, text);
    const addHash = (name: string) =>
      schema.alterTable('audit_events').addColumn(name, text, (column) => column.notNull().defaultTo(sql.lit('')));
    const index = (name: string, ...columns: readonly string[]) =>
      schema
        .createIndex(`audit_events_by_${name}`)
        .on('audit_events')
        .columns([...columns]);
    return [
      addText('before'),
      addText('after'),
      addHash('hash'),
      addHash('previous_hash'),
      schema
        .createTable('audit_head')
        .addColumn('id', 'integer', key)
        .addColumn('hash', text, notNull)
        .addColumn('entry_id', 'bigint', notNull)
        .addColumn('entries', 'bigint', notNull),
      (run) => chainEntries(dialect, run),
      index('previous_hash', 'previous_hash').unique(),
      // One index for each filter; its last columns are the order of the list.
      index('time', 'at', 'id'),
      index('actor', 'actor_kind', 'actor_id', 'at', 'id'),
      index('action', 'action', 'at', 'id'),
      index('subject', 'subject', 'at', 'id'),
      ...appendOnly('audit_events'),
    ];
  },
};

const columns = [
  'id',
  'at',
  'actor_kind',
  'actor_id',
  'action',
  'subject',
  'address',
  'detail',
  'before',
  'after',
] as const;

async function chainEntries({ queries }: Dialect, run: Run): Promise<void> {
  const head = { id: 1, hash: genesisHash, entry_id: 0, entries: 0 };
  const oldest = queries.selectFrom('audit_events').select(columns).orderBy('id').limit(1000);
  for (;;) {
    const rows = (await run(oldest.where('id', '>', head.entry_id).compile())) as Awaited<
      ReturnType<typeof oldest.execute>
    >;
    if (rows.length === 0) break;
    for (const { id, ...event } of rows) {
      const links = { hash: entryHash(head.hash, event), previous_hash: head.hash };
      await run(queries.updateTable('audit_events').set(links).where('id', '=', id).compile());
      Object.assign(head, { hash: links.hash, entry_id: id, entries: head.entries + 1 });
    }
  }
  await run(queries.insertInto('audit_head').values(head).compile());
}
