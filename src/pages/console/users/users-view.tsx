import type { User } from '../../../ports/store/index.ts';
import type { Asked } from '../../shared/filters.ts';
import { Badge } from '../../ui/badge.tsx';
import type { Shell } from '../../ui/shell.ts';
import { oneLine } from '../../ui/table.tsx';
import { Breakable } from '../../ui/text/breakable.tsx';
import { Name } from '../../ui/text/isolated-text.tsx';
import { ConsoleList } from '../console-list.tsx';
import { ConsolePage } from '../console-page.tsx';

export interface UsersViewProps {
  readonly shell: Shell;
  readonly asked: Asked<object>;
  readonly rows: readonly User[];
  readonly next: string | null;
}

export function UsersView({ shell, asked, rows, next }: UsersViewProps) {
  const { admin, day } = shell.messages;
  const texts = admin.user;
  const path = '/admin/users/';
  const options = (['', 'staff', 'disabled'] as const).map((value) => ({ value, text: texts.onlys[value] }));
  const cells = (user: User) => [
    <a key="name" href={`${path}${user.id}/`}>
      <Name>{`${user.firstName} ${user.lastName}`}</Name>
    </a>,
    <Breakable key="email">{user.email}</Breakable>,
    user.staffRole === null && user.disabledAt === null ? (
      ''
    ) : (
      <>
        {user.staffRole === null ? null : `${texts.roles[user.staffRole]} `}
        {user.disabledAt === null ? null : <Badge tone="warning">{texts.disabled}</Badge>}
      </>
    ),
    day(user.createdAt),
  ];
  return (
    <ConsolePage shell={shell} name={texts.list}>
      <ConsoleList
        shell={shell}
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
