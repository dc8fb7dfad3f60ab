import { pathOfApplication } from '../developer/members/membership.ts';
import { returnFields } from '../login/return-to.ts';
import type { PageContext } from '../page-context.ts';
import { Button } from '../ui/forms/button.tsx';
import { Form } from '../ui/forms/form.tsx';
import { Layout } from '../ui/layout.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { NamedSentence } from '../ui/text/isolated-text.tsx';

export interface SandboxOnlyViewProps {
  readonly context: PageContext;
  readonly application: { readonly name: string; readonly clientId: string };
  /** Shown to members of the application; `null`: the viewer is not a member. */
  readonly testUserEmail: string | null;
  /** The ID of the stored request. */
  readonly pendingId: string;
}

/** Says that a sandbox acts for its test user only, and offers to log in as that user. */
export function SandboxOnlyView({ context, application, testUserEmail, pendingId }: SandboxOnlyViewProps) {
  const { sandboxOnly } = context.messages;
  return (
    <Layout context={context} title={sandboxOnly.title} width="narrow" task>
      <PageHeader title={sandboxOnly.title}>
        <NamedSentence parts={sandboxOnly.text(application.name)} />
      </PageHeader>
      {testUserEmail === null ? (
        <p>{sandboxOnly.stranger}</p>
      ) : (
        <p>
          {sandboxOnly.member} <code>{testUserEmail}</code>.{' '}
          <a href={pathOfApplication(application.clientId, 'sandbox/')}>{sandboxOnly.password}</a>
        </p>
      )}
      <Form context={context} action="/logout/" hidden={returnFields({ kind: 'request', id: pendingId })}>
        <div class="actions">
          <Button weight={testUserEmail === null ? 'secondary' : 'primary'}>{sandboxOnly.logIn}</Button>
        </div>
      </Form>
    </Layout>
  );
}
