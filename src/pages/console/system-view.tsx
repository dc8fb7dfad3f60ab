import type { JobState } from '../../ports/job-state.ts';
import type { DayOfTraffic, MailState } from '../../ports/store/index.ts';
import type { PageContext } from '../page-context.ts';
import { Badge } from '../ui/badge.tsx';
import { DescriptionList } from '../ui/description-list.tsx';
import { noWrapColumn, Table } from '../ui/table.tsx';
import { ConsolePage } from './console-page.tsx';

export interface SystemViewProps {
  readonly context: PageContext;
  readonly version: string;
  readonly node: string;
  readonly startedAt: number;
  readonly database: 'sqlite' | 'postgres';
  readonly migrations: { readonly applied: readonly string[]; readonly pending: readonly string[] };
  readonly users: number;
  readonly keyId: number;
  readonly mails: Readonly<Record<MailState, number>>;
  readonly hasMailServer: boolean;
  readonly jobs: readonly JobState[];
  readonly today: DayOfTraffic;
  readonly month: readonly DayOfTraffic[];
}

export function SystemView(props: SystemViewProps) {
  const { context, jobs, today, month } = props;
  const { admin } = context.messages;
  const texts = admin.systemPage;
  const sum = (pick: (day: DayOfTraffic) => number) => month.reduce((total, day) => total + pick(day), 0);
  const rates = [
    { term: texts.today, value: texts.errorRate(today.requests, today.errors) },
    {
      term: texts.month,
      value: texts.errorRate(
        sum(({ requests }) => requests),
        sum(({ errors }) => errors),
      ),
    },
  ];
  return (
    <ConsolePage context={context} name={texts.title}>
      <DescriptionList items={facts(props)} />
      <section class="full">
        <h2>{texts.errors}</h2>
        <DescriptionList items={rates} />
      </section>
      <section class="full">
        <h2>{texts.jobs}</h2>
        <Table
          caption={texts.jobs}
          columns={[texts.job, noWrapColumn(texts.every), noWrapColumn(texts.last), noWrapColumn(texts.outcome)]}
          rows={jobs.map((job) => ({ key: job.name, cells: jobCells(context, job) }))}
        />
      </section>
    </ConsolePage>
  );
}

function facts({ context, migrations, mails, hasMailServer, ...props }: SystemViewProps) {
  const { admin, minute } = context.messages;
  const texts = admin.systemPage;
  return [
    { term: texts.version, value: props.version },
    { term: texts.node, value: props.node },
    { term: texts.started, value: minute(props.startedAt) },
    { term: texts.database, value: texts[props.database] },
    { term: texts.migrations, value: texts.migrationsText(migrations.applied.length, migrations.pending.length) },
    { term: texts.users, value: props.users },
    { term: texts.keys, value: texts.key(props.keyId) },
    { term: texts.smtp, value: hasMailServer ? texts.configured : texts.none },
    { term: texts.mail, value: texts.mailText(mails.waiting, mails.failed, mails.sent) },
  ];
}

function jobCells(context: PageContext, { name, everySeconds, lastAt, failed }: JobState) {
  const { admin, minute } = context.messages;
  const texts = admin.systemPage;
  const outcome = lastAt === null ? 'never' : failed ? 'failed' : 'good';
  const tone = outcome === 'failed' ? 'bad' : outcome === 'good' ? 'good' : 'info';
  return [
    name,
    texts.seconds(everySeconds),
    lastAt === null ? '' : minute(lastAt),
    <Badge key="outcome" tone={tone}>
      {texts.outcomes[outcome]}
    </Badge>,
  ];
}
