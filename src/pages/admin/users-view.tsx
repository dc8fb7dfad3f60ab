import type { User } from '../../ports/store/index.ts';
import { Badge } from '../ui/badge.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Name } from '../ui/name.tsx';
import { NextPart, SearchForm } from '../ui/search-form.tsx';
import type { Shell } from '../ui/shell.ts';
import { Table } from '../ui/table.tsx';
import { ConsolePage } from './console-page.tsx';

export interface UsersViewProps {
  readonly shell: Shell;
  readonly text: string;
  readonly only: '' | 'staff' | 'disabled';
  readonly rows: readonly User[];
  readonly next: string | null;
}

export function UsersView({ shell, text, only, rows, next }: UsersViewProps) {
  const { admin, day } = shell.messages;
  const texts = admin.user;
  const path = '/admin/users/';
  const options = (['', 'staff', 'disabled'] as const).map((value) => ({ value, text: texts.onlys[value] }));
  const cells = (user: User) => [
    <a key="name" href={`${path}${user.id}/`}>
      <Name>{`${user.firstName} ${user.lastName}`}</Name>
    </a>,
    user.email,
    <>
      {user.staffRole === null ? '' : texts.roles[user.staffRole]}
      {user.disabledAt === null ? null : <Badge tone="warning">{texts.disabled}</Badge>}
    </>,
    day(user.createdAt),
  ];
  return (
    <ConsolePage shell={shell} name={texts.list}>
      <SearchForm
        action={path}
        label={texts.search}
        submit={admin.search}
        text={text}
        filters={[{ name: 'only', label: texts.only, value: only, options }]}
      />
      {rows.length === 0 ? (
        <EmptyState title={admin.nothing}>{admin.nothingHint}</EmptyState>
      ) : (
        <Table
          caption={texts.list}
          columns={[texts.name, texts.email, texts.role, texts.since]}
          rows={rows.map((row) => ({ key: String(row.id), cells: cells(row) }))}
        />
      )}
      <NextPart path={path} query={{ q: text, only }} next={next} text={admin.older} />
    </ConsolePage>
  );
}
