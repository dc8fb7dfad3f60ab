import type { MailState, QueuedMail } from '../../ports/store/index.ts';
import type { PageContext } from '../page-context.ts';
import { Badge } from '../ui/badge.tsx';
import { type Description, DescriptionList } from '../ui/description-list.tsx';
import { Button, ButtonLink } from '../ui/forms/button.tsx';
import { Form } from '../ui/forms/form.tsx';
import { Notice, type Tone } from '../ui/notice.tsx';
import { noWrapColumn } from '../ui/table.tsx';
import { LongValue } from '../ui/text/breakable.tsx';
import { IsolatedName } from '../ui/text/isolated-text.tsx';
import { Multiline } from '../ui/text/multiline.tsx';
import { ConsolePage } from './console-page.tsx';
import { ListPage, type ListViewProps } from './list-page.tsx';
import { noticeFor } from './section.ts';

export interface MailsViewProps extends ListViewProps<QueuedMail> {
  /** Whether mails are sent; else they stay in the outbox. */
  readonly hasServer: boolean;
}

const tones: Readonly<Record<MailState, Tone>> = { waiting: 'info', sent: 'good', failed: 'bad' };

export function MailsView({ hasServer, ...props }: MailsViewProps) {
  const { admin, minute } = props.context.messages;
  const texts = admin.mail;
  const path = '/admin/mails/';
  const options = (['', 'waiting', 'sent', 'failed'] as const).map((value) => ({ value, text: texts.states[value] }));
  return (
    <ListPage
      {...props}
      title={texts.list}
      path={path}
      above={hasServer ? null : <Notice tone="info">{texts.outbox}</Notice>}
      search={{ label: texts.state, choices: [{ name: 'state', label: texts.state, options }] }}
      columns={[noWrapColumn(texts.time), texts.to, texts.subject, noWrapColumn(texts.state)]}
      rowOf={(mail) => ({
        key: String(mail.id),
        cells: [
          minute(mail.createdAt),
          <LongValue key="to">{mail.to}</LongValue>,
          <a key="subject" href={`${path}${mail.id}/`}>
            <IsolatedName>{mail.subject}</IsolatedName>
          </a>,
          <Badge key="state" tone={tones[mail.state]}>
            {texts.states[mail.state]}
          </Badge>,
        ],
      })}
      empty={{ title: texts.none, hint: texts.noneHint }}
    />
  );
}

export interface MailViewProps {
  readonly context: PageContext;
  readonly mail: QueuedMail;
  readonly mayAct: boolean;
  /** See {@link noticeFor}. */
  readonly noticeName: string | undefined;
}

export function MailView({ context, mail, mayAct, noticeName }: MailViewProps) {
  const { admin } = context.messages;
  return (
    <ConsolePage
      context={context}
      name={mail.subject}
      title={<IsolatedName>{mail.subject}</IsolatedName>}
      notice={noticeFor(context, noticeName)}
    >
      <DescriptionList items={facts(context, mail)} />
      <Multiline>{mail.text}</Multiline>
      {mayAct && mail.state !== 'sent' ? (
        <Form context={context} action={`/admin/mails/${mail.id}/`}>
          <div class="actions">
            <Button>{admin.mail.retry}</Button>
            <ButtonLink href="/admin/mails/">{admin.back}</ButtonLink>
          </div>
        </Form>
      ) : null}
    </ConsolePage>
  );
}

function facts(context: PageContext, mail: QueuedMail): readonly Description[] {
  const { admin, minute } = context.messages;
  const texts = admin.mail;
  return [
    { term: texts.to, value: <LongValue>{mail.to}</LongValue> },
    { term: texts.time, value: minute(mail.sentAt ?? mail.createdAt) },
    { term: texts.state, value: <Badge tone={tones[mail.state]}>{texts.states[mail.state]}</Badge> },
    { term: texts.attempts, value: mail.attempts },
    ...(mail.state === 'waiting' ? [{ term: texts.due, value: minute(mail.dueAt) }] : []),
    ...(mail.lastError === null ? [] : [{ term: texts.error, value: <IsolatedName>{mail.lastError}</IsolatedName> }]),
  ];
}
