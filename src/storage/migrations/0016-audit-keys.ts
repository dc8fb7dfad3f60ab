import type { Migration } from './migration.ts';

/** Adds the key and the message authentication code of an audit entry. Both are null in entries of earlier releases. */
export const auditKeys: Migration = {
  name: '0016-audit-keys',
  statements: ({ queries: { schema }, text }) => [
    schema.alterTable('audit_events').addColumn('key', text),
    schema.alterTable('audit_events').addColumn('mac', text),
    schema.alterTable('audit_head').addColumn('key', text),
  ],
};
