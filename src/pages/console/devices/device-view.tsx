import { endOfTime } from '../../../ports/store/devices.ts';
import type { PastOwnership, RegisteredDevice } from '../../../ports/store/index.ts';
import type { PageContext } from '../../page-context.ts';
import { DescriptionList } from '../../ui/description-list.tsx';
import { ButtonLink } from '../../ui/forms/button.tsx';
import { noWrapColumn, Table } from '../../ui/table.tsx';
import { LongValue } from '../../ui/text/breakable.tsx';
import { ConsolePage } from '../console-page.tsx';
import { noticeFor } from '../section.ts';

export interface DeviceViewProps {
  readonly context: PageContext;
  readonly device: RegisteredDevice;
  /** Newest first. */
  readonly history: readonly PastOwnership[];
  readonly mayAct: boolean;
  /** See {@link noticeFor}. */
  readonly noticeName: string | undefined;
}

export function DeviceView({ context, device, history, mayAct, noticeName }: DeviceViewProps) {
  const { admin, day, minute } = context.messages;
  const texts = admin.device;
  const items = [
    { term: texts.deviceName, value: <code>{device.deviceName}</code> },
    { term: texts.owner, value: device.owner === null ? texts.nobody : <LongValue>{device.owner.email}</LongValue> },
    { term: texts.since, value: day(device.createdAt) },
  ];
  const rows = history.map(({ id, owner, startTime, endTime }) => ({
    key: String(id),
    cells: [
      <a key="owner" href={`/admin/users/${owner.id}/`}>
        <LongValue>{owner.email}</LongValue>
      </a>,
      minute(startTime),
      endTime === endOfTime ? texts.ongoing : minute(endTime),
    ],
  }));
  return (
    <ConsolePage context={context} name={device.serialNumber} notice={noticeFor(context, noticeName)}>
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
            columns={[texts.owner, noWrapColumn(texts.from), noWrapColumn(texts.until)]}
            rows={rows}
          />
        )}
      </section>
    </ConsolePage>
  );
}
