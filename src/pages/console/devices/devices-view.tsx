import type { RegisteredDevice } from '../../../ports/store/index.ts';
import { ButtonLink } from '../../ui/forms/button.tsx';
import { oneLine } from '../../ui/table.tsx';
import { Breakable } from '../../ui/text/breakable.tsx';
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
      columns={[oneLine(texts.serialNumber), oneLine(texts.deviceName), texts.owner, oneLine(texts.since)]}
      rowOf={(device) => ({
        key: String(device.id),
        cells: [
          <a key="serial" href={`${path}${device.id}/`}>
            {device.serialNumber}
          </a>,
          <code key="name">{device.deviceName}</code>,
          device.owner === null ? texts.nobody : <Breakable key="owner">{device.owner.email}</Breakable>,
          day(device.createdAt),
        ],
      })}
    />
  );
}
