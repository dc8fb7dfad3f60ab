import { type Migration, notNull } from './migration.ts';

export const createMails: Migration = {
  name: '0010-mails',
  statements: ({ queries: { schema }, text, identity }) => [
    schema
      .createTable('mails')
      .addColumn('id', identity.type, identity.build)
      .addColumn('recipient', text, notNull)
      .addColumn('subject', text, notNull)
      .addColumn('text', text, notNull)
      .addColumn('html', text, notNull)
      .addColumn('state', text, notNull)
      .addColumn('created_at', 'bigint', notNull)
      .addColumn('due_at', 'bigint', notNull)
      .addColumn('attempts', 'integer', notNull)
      .addColumn('sent_at', 'bigint')
      .addColumn('last_error', text),
    schema.createIndex('mails_by_due').on('mails').columns(['state', 'due_at']),
    schema.createIndex('mails_by_recipient').on('mails').columns(['recipient', 'id']),
  ],
};
