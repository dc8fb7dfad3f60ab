import { Button, ButtonLink } from '../../ui/forms/button.tsx';
import { Form } from '../../ui/forms/form.tsx';
import { Layout } from '../../ui/layout.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import type { Shell } from '../../ui/shell.ts';
import { Sentence } from '../../ui/text/isolated-text.tsx';

export interface InvitationViewProps {
  readonly shell: Shell;
  readonly state:
    | { readonly kind: 'asks'; readonly token: string; readonly application: string }
    | { readonly kind: 'gone' }
    | { readonly kind: 'other-address'; readonly email: string };
}

export function InvitationView({ shell, state }: InvitationViewProps) {
  const { invitation, title } = shell.messages.developer;
  if (state.kind !== 'asks') {
    return (
      <Layout shell={shell} title={invitation.goneTitle} width="narrow">
        <PageHeader title={state.kind === 'gone' ? invitation.goneTitle : title} />
        <Notice tone="warning">{state.kind === 'gone' ? invitation.gone : invitation.otherAddress(state.email)}</Notice>
      </Layout>
    );
  }
  return (
    <Layout shell={shell} title={invitation.accept} width="narrow">
      <PageHeader title={<Sentence parts={invitation.title(state.application)} />}>{invitation.lead}</PageHeader>
      <Form shell={shell} action="/developer/invitation/" hidden={{ token: state.token }}>
        <div class="actions">
          <Button weight="primary">{invitation.accept}</Button>
          <ButtonLink href="/developer/">{title}</ButtonLink>
        </div>
      </Form>
    </Layout>
  );
}
