import { type Migration, required } from './migration.ts';

export const mails: Migration = {
  name: '0010-mails',
  statements: ({ queries: { schema }, text, identity }) => [
    schema
      .createTable('mails')
      .addColumn('id', identity.type, identity.build)
      .addColumn('recipient', text, required)
      .addColumn('subject', text, required)
      .addColumn('text', text, required)
      .addColumn('html', text, required)
      .addColumn('state', text, required)
      .addColumn('created_at', 'bigint', required)
      .addColumn('due_at', 'bigint', required)
      .addColumn('attempts', 'integer', required)
      .addColumn('sent_at', 'bigint')
      .addColumn('last_error', text),
    schema.createIndex('mails_by_due').on('mails').columns(['state', 'due_at']),
    schema.createIndex('mails_by_recipient').on('mails').columns(['recipient', 'id']),
  ],
};
