import type { RegisteredDevice } from '../../../ports/store/index.ts';
import type { PageContext } from '../../page-context.ts';
import type { FilterResult } from '../../shared/filters.ts';
import { ButtonLink } from '../../ui/forms/button.tsx';
import { oneLine } from '../../ui/table.tsx';
import { Breakable } from '../../ui/text/breakable.tsx';
import { ConsoleList } from '../console-list.tsx';
import { ConsolePage } from '../console-page.tsx';
import { noticeFor } from '../section.ts';

export interface DevicesViewProps {
  readonly context: PageContext;
  readonly asked: FilterResult<object>;
  readonly rows: readonly RegisteredDevice[];
  readonly next: string | null;
  readonly mayAct: boolean;
  readonly imported: { readonly added: number; readonly known: number } | null;
  readonly done: string | undefined;
}

export function DevicesView({ context, asked, rows, next, mayAct, imported, done }: DevicesViewProps) {
  const { admin, day } = context.messages;
  const texts = admin.device;
  const path = '/admin/devices/';
  const notice = imported === null ? noticeFor(context, done) : texts.done(imported.added, imported.known);
  const cells = (device: RegisteredDevice) => [
    <a key="serial" href={`${path}${device.id}/`}>
      {device.serialNumber}
    </a>,
    <code key="name">{device.deviceName}</code>,
    device.owner === null ? texts.nobody : <Breakable key="owner">{device.owner.email}</Breakable>,
    day(device.createdAt),
  ];
  return (
    <ConsolePage context={context} name={texts.list} notice={notice}>
      {mayAct ? (
        <div class="actions">
          <ButtonLink href={`${path}add/`}>{texts.add}</ButtonLink>
          <ButtonLink href={`${path}import/`}>{texts.import}</ButtonLink>
        </div>
      ) : null}
      <ConsoleList
        context={context}
        path={path}
        asked={asked}
        form={{ label: texts.search, text: asked.typed.q ?? '' }}
        table={{
          caption: texts.list,
          columns: [oneLine(texts.serialNumber), oneLine(texts.deviceName), texts.owner, oneLine(texts.since)],
          rows: rows.map((row) => ({ key: String(row.id), cells: cells(row) })),
        }}
        next={next}
      />
    </ConsolePage>
  );
}
