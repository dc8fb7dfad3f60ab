import { pathOfApplication } from '../developer/members/membership.ts';
import { Button } from '../ui/forms/button.tsx';
import { Form } from '../ui/forms/form.tsx';
import { Layout } from '../ui/layout.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import type { Shell } from '../ui/shell.ts';
import { Sentence } from '../ui/text/isolated-text.tsx';

export interface SandboxOnlyViewProps {
  readonly shell: Shell;
  readonly application: { readonly name: string; readonly clientId: string };
  /** For the people of the application; `null`: the viewer is none of them. */
  readonly testUserEmail: string | null;
  /** The id of the request that waits. */
  readonly resume: string;
}

/**
 * Shown to somebody whom a sandbox can't act for: the page stays on this site, and leads to a login as the test user.
 */
export function SandboxOnlyView({ shell, application, testUserEmail, resume }: SandboxOnlyViewProps) {
  const { sandboxOnly } = shell.messages;
  return (
    <Layout shell={shell} title={sandboxOnly.title} width="narrow" task>
      <PageHeader title={sandboxOnly.title}>
        <Sentence parts={sandboxOnly.text(application.name)} />
      </PageHeader>
      {testUserEmail === null ? (
        <p>{sandboxOnly.stranger}</p>
      ) : (
        <p>
          {sandboxOnly.member} <code>{testUserEmail}</code>.{' '}
          <a href={pathOfApplication(application.clientId, 'sandbox/')}>{sandboxOnly.password}</a>
        </p>
      )}
      <Form shell={shell} action="/logout/" hidden={{ resume }}>
        <div class="actions">
          <Button weight={testUserEmail === null ? 'secondary' : 'primary'}>{sandboxOnly.logIn}</Button>
        </div>
      </Form>
    </Layout>
  );
}
