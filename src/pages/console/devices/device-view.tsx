import { OPEN_END } from '../../../ports/store/devices.ts';
import type { PastOwnership, RegisteredDevice } from '../../../ports/store/index.ts';
import { DescriptionList } from '../../ui/description-list.tsx';
import { ButtonLink } from '../../ui/forms/button.tsx';
import type { Shell } from '../../ui/shell.ts';
import { oneLine, Table } from '../../ui/table.tsx';
import { Breakable } from '../../ui/text/breakable.tsx';
import { ConsolePage } from '../console-page.tsx';
import { noticeFor } from '../section.ts';

export interface DeviceViewProps {
  readonly shell: Shell;
  readonly device: RegisteredDevice;
  /** Newest first. */
  readonly history: readonly PastOwnership[];
  readonly mayAct: boolean;
  readonly done: string | undefined;
}

export function DeviceView({ shell, device, history, mayAct, done }: DeviceViewProps) {
  const { admin, day, minute } = shell.messages;
  const texts = admin.device;
  const items = [
    { term: texts.deviceName, value: <code>{device.deviceName}</code> },
    { term: texts.owner, value: device.owner === null ? texts.nobody : <Breakable>{device.owner.email}</Breakable> },
    { term: texts.since, value: day(device.createdAt) },
  ];
  const rows = history.map(({ id, owner, startTime, endTime }) => ({
    key: String(id),
    cells: [
      <a key="owner" href={`/admin/users/${owner.id}/`}>
        <Breakable>{owner.email}</Breakable>
      </a>,
      minute(startTime),
      endTime === OPEN_END ? texts.ongoing : minute(endTime),
    ],
  }));
  return (
    <ConsolePage shell={shell} name={device.serialNumber} notice={noticeFor(shell, done)}>
      <DescriptionList items={items} />
      {mayAct ? (
        <div class="actions">
          <ButtonLink href={`/admin/devices/${device.id}/assign/`}>{texts.assign}</ButtonLink>
        </div>
      ) : null}
      <section class="full">
        <h2>{texts.history}</h2>
        {rows.length === 0 ? (
          <p>{texts.noHistory}</p>
        ) : (
          <Table
            caption={texts.history}
            columns={[texts.owner, oneLine(texts.from), oneLine(texts.until)]}
            rows={rows}
          />
        )}
      </section>
    </ConsolePage>
  );
}
