import type { User } from '../../ports/store/index.ts';
import type { Asked } from '../filters.ts';
import { Badge } from '../ui/badge.tsx';
import { Breakable } from '../ui/breakable.tsx';
import { FilteredList } from '../ui/filtered-list.tsx';
import { Name } from '../ui/name.tsx';
import { NextPart, SearchForm } from '../ui/search-form.tsx';
import type { Shell } from '../ui/shell.ts';
import { oneLine, Table } from '../ui/table.tsx';
import { ConsolePage } from './console-page.tsx';

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
    <>
      {user.staffRole === null ? '' : texts.roles[user.staffRole]}
      {user.disabledAt === null ? null : <Badge tone="warning">{texts.disabled}</Badge>}
    </>,
    day(user.createdAt),
  ];
  return (
    <ConsolePage shell={shell} name={texts.list}>
      <FilteredList
        shell={shell}
        problems={asked.problems}
        form={
          <SearchForm
            action={path}
            label={texts.search}
            submit={admin.search}
            problems={asked.problems}
            text={asked.typed.q ?? ''}
            filters={[{ name: 'only', label: texts.only, value: asked.typed.only ?? '', options }]}
          />
        }
        isEmpty={rows.length === 0}
        none={{ title: admin.nothing, hint: admin.nothingHint }}
      >
        <Table
          caption={texts.list}
          columns={[texts.name, texts.email, oneLine(texts.role), oneLine(texts.since)]}
          rows={rows.map((row) => ({ key: String(row.id), cells: cells(row) }))}
        />
      </FilteredList>
      <NextPart path={path} query={asked.typed} next={next} text={admin.older} />
    </ConsolePage>
  );
}
