import type { User } from '../../../ports/store/index.ts';
import type { PageContext } from '../../page-context.ts';
import { Badge } from '../../ui/badge.tsx';
import { noWrapColumn } from '../../ui/table.tsx';
import { LongValue } from '../../ui/text/breakable.tsx';
import { IsolatedName } from '../../ui/text/isolated-text.tsx';
import { ListPage, type ListViewProps } from '../list-page.tsx';

export function UsersView(props: ListViewProps<User>) {
  const { context } = props;
  const { admin, day } = context.messages;
  const texts = admin.user;
  const path = '/admin/users/';
  const options = (['', 'staff', 'disabled'] as const).map((value) => ({ value, text: texts.onlys[value] }));
  return (
    <ListPage
      {...props}
      title={texts.list}
      path={path}
      search={{ label: texts.search, hasText: true, choices: [{ name: 'only', label: texts.only, options }] }}
      columns={[texts.name, texts.email, noWrapColumn(texts.role), noWrapColumn(texts.since)]}
      rowOf={(user) => ({
        key: String(user.id),
        cells: [
          <a key="name" href={`${path}${user.id}/`}>
            <IsolatedName>{`${user.firstName} ${user.lastName}`}</IsolatedName>
          </a>,
          <LongValue key="email">{user.email}</LongValue>,
          roleCell(context, user),
          day(user.createdAt),
        ],
      })}
    />
  );
}

/** Empty for most users, so that the table leaves the cell out on a phone. */
function roleCell({ messages }: PageContext, { administratorRole, disabledAt }: User) {
  const texts = messages.admin.user;
  if (administratorRole === null && disabledAt === null) return '';
  return (
    <>
      {administratorRole === null ? null : `${texts.roles[administratorRole]} `}
      {disabledAt === null ? null : <Badge tone="warning">{texts.disabled}</Badge>}
    </>
  );
}
