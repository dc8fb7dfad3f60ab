import type { Application, GrantChange } from '../../../ports/store/index.ts';
import { otherGrant } from '../../../use-cases/grant-changes.ts';
import type { PageContext } from '../../page-context.ts';
import { GrantChangeTable } from '../../shared/grant-change-table.tsx';
import { Button } from '../../ui/forms/button.tsx';
import { Form } from '../../ui/forms/form.tsx';
import { TextArea } from '../../ui/forms/text-area.tsx';
import { Layout } from '../../ui/layout.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { applicationSection, pathOfApplication } from '../members/membership.ts';

export interface GrantTypeViewProps {
  readonly context: PageContext;
  readonly application: Application;
  readonly isOwner: boolean;
  /** Newest first. */
  readonly changes: readonly GrantChange[];
  readonly notice?: 'sent' | 'cancelled';
  readonly problem?: 'badReason' | 'open' | 'publicPassword';
  readonly reason?: string;
}

export function GrantTypeView(props: GrantTypeViewProps) {
  const { context, application, isOwner, changes, notice, problem } = props;
  const { grant, grants } = context.messages.developer;
  const open = changes.some(({ state }) => state === 'requested' || state === 'scheduled');
  return (
    <Layout context={context} title={grant.title} section={applicationSection(context, application.clientId)}>
      <PageHeader title={grant.title}>{grant.lead}</PageHeader>
      {notice === undefined ? null : <Notice tone="good">{grant[notice]}</Notice>}
      {problem === undefined ? null : <Notice tone="bad">{grant[problem]}</Notice>}
      <p>
        {grant.now}: <strong>{grants[application.grantType]}</strong>
      </p>
      <GrantChangeTable context={context} changes={changes} />
      {isOwner && open ? (
        <Form
          context={context}
          action={pathOfApplication(application.clientId, 'grant-type/')}
          hidden={{ act: 'cancel' }}
        >
          <div class="actions">
            <Button>{grant.cancel}</Button>
          </div>
        </Form>
      ) : null}
      {isOwner && !open ? <RequestForm {...props} /> : null}
    </Layout>
  );
}

function RequestForm({ context, application, reason = '' }: GrantTypeViewProps) {
  const { grant, grants } = context.messages.developer;
  return (
    <section class="full">
      <h2>{grant.ask}</h2>
      <p>{grant.askFor(grants[otherGrant(application.grantType)])}</p>
      <Form context={context} action={pathOfApplication(application.clientId, 'grant-type/')} class="form full">
        <TextArea name="reason" label={grant.reason} hint={grant.reasonHint} value={reason} maxLength={2000} />
        <div class="actions">
          <Button weight="primary">{grant.submit}</Button>
        </div>
      </Form>
    </section>
  );
}
