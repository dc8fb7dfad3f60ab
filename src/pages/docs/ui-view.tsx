import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { CodeBlock } from '../ui/code-block.tsx';
import { DescriptionList } from '../ui/description-list.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorSummary } from '../ui/error-summary.tsx';
import { Field } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { Layout } from '../ui/layout.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import type { Shell } from '../ui/shell.ts';
import { Table } from '../ui/table.tsx';

/** All components together, so that a change to one can be seen in one place. Not translated: it is for us. */
export function UiView({ shell }: { readonly shell: Shell }) {
  return (
    <Layout shell={shell} title="Components">
      <PageHeader title="Components">What the pages are made of.</PageHeader>
      <h2>Notices</h2>
      <Notice tone="good" title="It worked">
        The device is yours now.
      </Notice>
      <Notice tone="info">This device is yours already.</Notice>
      <Notice tone="warning">The secret is shown once.</Notice>
      <ErrorSummary shell={shell} lines={[{ field: 'right', text: 'Enter your e-mail address.' }]} />
      <h2>Form</h2>
      <Form shell={shell} action="/theme/">
        <Field name="right" label="A field" hint="A hint below it" value="with a value" />
        <Field name="wrong" label="A field that is wrong" errors={['This is not an e-mail address.']} />
        <div class="actions">
          <Button weight="primary">Authorize</Button>
          <Button>Deny</Button>
          <Button weight="danger">Disconnect</Button>
        </div>
      </Form>
      <h2>Badges</h2>
      <p class="badges">
        <Badge tone="good">Active</Badge> <Badge tone="info">Submitted</Badge> <Badge tone="warning">Suspended</Badge>{' '}
        <Badge tone="bad">Declined</Badge>
      </p>
      <h2>Table</h2>
      <Table
        caption="Two devices"
        columns={['Serial number', 'Device name']}
        rows={[
          { key: '1', cells: ['012345', 'a1b2c3d4e5f8'] },
          { key: '2', cells: ['012346', 'a1b2c3d4e5f9'] },
        ]}
      />
      <h2>Descriptions</h2>
      <DescriptionList
        items={[
          { term: 'Made by', value: 'Peak Analytics' },
          { term: 'Website', value: 'peak.example' },
        ]}
      />
      <h2>Code</h2>
      <CodeBlock shell={shell} label="Shell">
        {'curl -u "$CLIENT_ID:$CLIENT_SECRET" \\\n  -d grant_type=refresh_token https://api.example/oauth2/token/'}
      </CodeBlock>
      <h2>Nothing there</h2>
      <EmptyState title="No application is connected to your account.">
        It appears here when you connect one.
      </EmptyState>
    </Layout>
  );
}
