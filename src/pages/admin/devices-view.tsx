import type { RegisteredDevice } from '../../ports/store/index.ts';
import { ButtonLink } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { NextPart, SearchForm } from '../ui/search-form.tsx';
import type { Shell } from '../ui/shell.ts';
import { Table } from '../ui/table.tsx';
import { ConsolePage } from './console-page.tsx';
import { noticeFor } from './section.ts';

export interface DevicesViewProps {
  readonly shell: Shell;
  readonly text: string;
  readonly rows: readonly RegisteredDevice[];
  readonly next: string | null;
  readonly mayAct: boolean;
  readonly imported: { readonly added: number; readonly known: number } | null;
  readonly done: string | undefined;
}

export function DevicesView({ shell, text, rows, next, mayAct, imported, done }: DevicesViewProps) {
  const { admin, day } = shell.messages;
  const texts = admin.device;
  const path = '/admin/devices/';
  const notice = imported === null ? noticeFor(shell, done) : texts.done(imported.added, imported.known);
  const cells = (device: RegisteredDevice) => [
    <a key="serial" href={`${path}${device.id}/`}>
      {device.serialNumber}
    </a>,
    <code key="name">{device.deviceName}</code>,
    device.owner === null ? texts.nobody : device.owner.email,
    day(device.createdAt),
  ];
  return (
    <ConsolePage shell={shell} name={texts.list} notice={notice}>
      {mayAct ? (
        <div class="actions">
          <ButtonLink href={`${path}add/`}>{texts.add}</ButtonLink>
          <ButtonLink href={`${path}import/`}>{texts.import}</ButtonLink>
        </div>
      ) : null}
      <SearchForm action={path} label={texts.search} submit={admin.search} text={text} />
      {rows.length === 0 ? (
        <EmptyState title={admin.nothing}>{admin.nothingHint}</EmptyState>
      ) : (
        <Table
          caption={texts.list}
          columns={[texts.serialNumber, texts.deviceName, texts.owner, texts.since]}
          rows={rows.map((row) => ({ key: String(row.id), cells: cells(row) }))}
        />
      )}
      <NextPart path={path} query={{ q: text }} next={next} text={admin.older} />
    </ConsolePage>
  );
}
