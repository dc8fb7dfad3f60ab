import { diff } from '../../applications/diff.ts';
import type { PageContext } from '../page-context.ts';
import { Badge } from '../ui/badge.tsx';
import { BarChart } from '../ui/bars.tsx';
import { DescriptionList } from '../ui/description-list.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Button } from '../ui/forms/button.tsx';
import { RadioGroup } from '../ui/forms/choice.tsx';
import { ErrorSummary } from '../ui/forms/error-summary.tsx';
import { Field } from '../ui/forms/field.tsx';
import { Form } from '../ui/forms/form.tsx';
import { Select } from '../ui/forms/select.tsx';
import { TextArea } from '../ui/forms/text-area.tsx';
import { Layout } from '../ui/layout.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Sparkline } from '../ui/sparkline.tsx';
import { Table } from '../ui/table.tsx';
import { CodeBlock } from '../ui/text/code-block.tsx';
import { Diff } from '../ui/text/diff.tsx';
import { Thread } from '../ui/text/thread.tsx';

const days = Array.from({ length: 11 }, (_, index) => ({
  label: `Day ${index}`,
  value: 30 + (index % 3) * 10,
  part: 1,
}));

/** All components together, so that a change to one can be seen in one place. Not translated: it is for us. */
export function UiView({ context }: { readonly context: PageContext }) {
  return (
    <Layout context={context} title="Components">
      <PageHeader title="Components">What the pages are made of.</PageHeader>
      <h2>Notices</h2>
      <Notice tone="good" title="It worked">
        The device is yours now.
      </Notice>
      <Notice tone="info">This device is yours already.</Notice>
      <Notice tone="warning">The secret is shown once.</Notice>
      <ErrorSummary context={context} lines={[{ field: 'right', text: 'Enter your e-mail address.' }]} />
      <h2>Form</h2>
      <Form context={context} action="/theme/">
        <Field name="right" label="A field" hint="A hint below it" value="with a value" />
        <Field name="wrong" label="A field that is wrong" errors={['This is not an e-mail address.']} />
        <TextArea name="text" label="Several lines" hint="As many as it takes" value={'One\nTwo'} />
        <Select
          name="one"
          label="One of many"
          options={[
            { value: 'ch', text: 'Switzerland' },
            { value: 'de', text: 'Germany' },
          ]}
        />
        <RadioGroup
          name="few"
          label="One of a few"
          value="server"
          options={[
            { value: 'server', text: 'On a server', hint: 'It can keep a secret.' },
            { value: 'device', text: 'On the device of the user' },
          ]}
        />
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
      <CodeBlock context={context} label="Shell">
        {'curl -u "$CLIENT_ID:$CLIENT_SECRET" \\\n  -d grant_type=refresh_token https://api.example/oauth2/token/'}
      </CodeBlock>
      <h2>A conversation</h2>
      <Thread
        label="A conversation"
        entries={[
          { key: '1', author: 'Anna Keller', side: 'owner', when: '1 May 2026', text: 'It is Exoscale, in Zurich.' },
          {
            key: '2',
            author: 'Administrators',
            side: 'staff',
            when: '2 May 2026',
            label: { tone: 'warning', text: 'Question' },
            about: 'About: Where the data is stored',
            text: 'In which country?',
          },
        ]}
      />
      <h2>Pictures of numbers</h2>
      <Sparkline days={days} summary="330 requests, 11 refused" />
      <BarChart
        caption="Waiting for us, by age"
        bars={[
          { label: 'Today', value: 3 },
          { label: 'Longer', value: 1 },
        ]}
      />
      <h2>A difference</h2>
      <Diff
        expected="Expected"
        received="Received"
        pieces={diff('http://127.0.0.1:8000/authorized/', 'http://127.0.0.1:8000/authorised')}
      />
      <h2>Nothing there</h2>
      <EmptyState title="No application is connected to your account.">
        It appears here when you connect one.
      </EmptyState>
    </Layout>
  );
}
