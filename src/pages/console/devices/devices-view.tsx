import type { RegisteredDevice } from '../../../ports/store/index.ts';
import { ButtonLink } from '../../ui/forms/button.tsx';
import { noWrapColumn } from '../../ui/table.tsx';
import { LongValue } from '../../ui/text/breakable.tsx';
import { ListPage, type ListViewProps } from '../list-page.tsx';
import { noticeFor } from '../section.ts';

export interface DevicesViewProps extends ListViewProps<RegisteredDevice> {
  readonly mayAct: boolean;
  /** How many devices of an imported list were added, and how many were registered before; `null`: no import. */
  readonly imported: { readonly added: number; readonly known: number } | null;
  /** See {@link noticeFor}. */
  readonly noticeName: string | undefined;
}

export function DevicesView({ mayAct, imported, noticeName, ...props }: DevicesViewProps) {
  const { context } = props;
  const { admin, day } = context.messages;
  const texts = admin.device;
  const path = '/admin/devices/';
  return (
    <ListPage
      {...props}
      title={texts.list}
      notice={imported === null ? noticeFor(context, noticeName) : texts.done(imported.added, imported.known)}
      path={path}
      above={
        mayAct ? (
          <div class="actions">
            <ButtonLink href={`${path}add/`}>{texts.add}</ButtonLink>
            <ButtonLink href={`${path}import/`}>{texts.import}</ButtonLink>
          </div>
        ) : null
      }
      search={{ label: texts.search, hasText: true }}
      columns={[
        noWrapColumn(texts.serialNumber),
        noWrapColumn(texts.deviceName),
        texts.owner,
        noWrapColumn(texts.since),
      ]}
      rowOf={(device) => ({
        key: String(device.id),
        cells: [
          <a key="serial" href={`${path}${device.id}/`}>
            {device.serialNumber}
          </a>,
          <code key="name">{device.deviceName}</code>,
          device.owner === null ? texts.nobody : <LongValue key="owner">{device.owner.email}</LongValue>,
          day(device.createdAt),
        ],
      })}
    />
  );
}
