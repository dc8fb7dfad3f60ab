import type { User } from '../../../ports/store/index.ts';
import type { PageContext } from '../../page-context.ts';
import type { FilterResult } from '../../shared/filters.ts';
import { Badge } from '../../ui/badge.tsx';
import { oneLine } from '../../ui/table.tsx';
import { Breakable } from '../../ui/text/breakable.tsx';
import { IsolatedName } from '../../ui/text/isolated-text.tsx';
import { ConsoleList } from '../console-list.tsx';
import { ConsolePage } from '../console-page.tsx';

export interface UsersViewProps {
  readonly context: PageContext;
  readonly asked: FilterResult<object>;
  readonly rows: readonly User[];
  readonly next: string | null;
}

export function UsersView({ context, asked, rows, next }: UsersViewProps) {
  const { admin, day } = context.messages;
  const texts = admin.user;
  const path = '/admin/users/';
  const options = (['', 'staff', 'disabled'] as const).map((value) => ({ value, text: texts.onlys[value] }));
  const cells = (user: User) => [
    <a key="name" href={`${path}${user.id}/`}>
      <IsolatedName>{`${user.firstName} ${user.lastName}`}</IsolatedName>
    </a>,
    <Breakable key="email">{user.email}</Breakable>,
    user.administratorRole === null && user.disabledAt === null ? (
      ''
    ) : (
      <>
        {user.administratorRole === null ? null : `${texts.roles[user.administratorRole]} `}
        {user.disabledAt === null ? null : <Badge tone="warning">{texts.disabled}</Badge>}
      </>
    ),
    day(user.createdAt),
  ];
  return (
    <ConsolePage context={context} name={texts.list}>
      <ConsoleList
        context={context}
        path={path}
        asked={asked}
        form={{
          label: texts.search,
          text: asked.typed.q ?? '',
          filters: [{ name: 'only', label: texts.only, value: asked.typed.only ?? '', options }],
        }}
        table={{
          caption: texts.list,
          columns: [texts.name, texts.email, oneLine(texts.role), oneLine(texts.since)],
          rows: rows.map((row) => ({ key: String(row.id), cells: cells(row) })),
        }}
        next={next}
      />
    </ConsolePage>
  );
}
