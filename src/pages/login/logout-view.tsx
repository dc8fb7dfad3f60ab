import type { PageContext } from '../page-context.ts';
import { Button, ButtonLink } from '../ui/forms/button.tsx';
import { Form } from '../ui/forms/form.tsx';
import { Layout } from '../ui/layout.tsx';
import { PageHeader } from '../ui/page-header.tsx';

export function LogoutView({ context }: { readonly context: PageContext }) {
  const { logout } = context.messages;
  return (
    <Layout context={context} title={logout.title} width="narrow">
      <PageHeader title={logout.title}>{logout.text}</PageHeader>
      <Form context={context} action="/logout/">
        <div class="actions">
          <Button weight="primary">{logout.submit}</Button>
          <ButtonLink href="/account/">{logout.stay}</ButtonLink>
        </div>
      </Form>
    </Layout>
  );
}
