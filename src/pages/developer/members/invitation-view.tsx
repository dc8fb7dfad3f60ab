import type { PageContext } from '../../page-context.ts';
import { Button, ButtonLink } from '../../ui/forms/button.tsx';
import { Form } from '../../ui/forms/form.tsx';
import { Layout } from '../../ui/layout.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { NamedSentence } from '../../ui/text/isolated-text.tsx';

export interface InvitationViewProps {
  readonly context: PageContext;
  readonly state:
    | { readonly kind: 'asks'; readonly token: string; readonly application: string }
    | { readonly kind: 'gone' }
    | { readonly kind: 'other-address'; readonly email: string };
}

export function InvitationView({ context, state }: InvitationViewProps) {
  const { invitation, title } = context.messages.developer;
  if (state.kind !== 'asks') {
    return (
      <Layout context={context} title={invitation.goneTitle} width="narrow">
        <PageHeader title={state.kind === 'gone' ? invitation.goneTitle : title} />
        <Notice tone="warning">{state.kind === 'gone' ? invitation.gone : invitation.otherAddress(state.email)}</Notice>
      </Layout>
    );
  }
  return (
    <Layout context={context} title={invitation.accept} width="narrow">
      <PageHeader title={<NamedSentence parts={invitation.title(state.application)} />}>{invitation.lead}</PageHeader>
      <Form context={context} action="/developer/invitation/" hidden={{ token: state.token }}>
        <div class="actions">
          <Button weight="primary">{invitation.accept}</Button>
          <ButtonLink href="/developer/">{title}</ButtonLink>
        </div>
      </Form>
    </Layout>
  );
}
