import { Prose } from '../api-reference/prose.tsx';
import { Layout } from '../ui/layout.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import type { Shell } from '../ui/shell.ts';
import { CodeBlock } from '../ui/text/code-block.tsx';
import { Exchange, FlowButton, FlowField, FlowSelect, Step, Wire } from './parts.tsx';

interface RunTheFlowProps {
  readonly shell: Shell;
  /** The name of this server in its own answers. */
  readonly issuer: string;
  readonly paths: { readonly authorize: string; readonly token: string; readonly revoke: string };
  /** What is filled in at first, where the reader runs an application. */
  readonly own: { readonly clientId: string | null; readonly redirectUri: string | null };
}

/** `/docs/run-the-flow/`: each step of the flow, to read and to run. */
export function RunTheFlowView({ shell, issuer, paths, own }: RunTheFlowProps) {
  const texts = shell.messages.runTheFlow;
  return (
    <Layout shell={shell} title={texts.title} width="reference" scripts={['run-the-flow.js']}>
      <PageHeader title={texts.title}>{texts.lead}</PageHeader>
      <p>{texts.about}</p>
      <noscript>
        <Notice tone="info">{texts.noScript}</Notice>
      </noscript>
      <div
        class="steps"
        data-flow
        data-issuer={issuer}
        data-authorize={paths.authorize}
        data-token={paths.token}
        data-revoke={paths.revoke}
        data-texts={JSON.stringify(texts.script)}
      >
        <ApplicationStep shell={shell} issuer={issuer} paths={paths} own={own} />
        <UserSteps shell={shell} />
        <TokenSteps shell={shell} />
      </div>
      <p>
        <a href="/docs/api/">{texts.reference}</a>
      </p>
    </Layout>
  );
}

function ApplicationStep({ shell, issuer, paths, own }: RunTheFlowProps) {
  const { application } = shell.messages.runTheFlow;
  const addresses = [paths.authorize, paths.token, paths.revoke, '/api/v1/'].map((path) => issuer + path);
  const { grants } = application;
  return (
    <Step
      id="application"
      title={application.title}
      text={application.text}
      wire={
        <CodeBlock shell={shell} label={application.addresses}>
          {addresses.join('\n')}
        </CodeBlock>
      }
    >
      <FlowSelect
        id="grant"
        label={application.grant}
        options={[
          { value: 'authorization_code', text: grants.authorization_code },
          { value: 'password', text: grants.password },
        ]}
      />
      <FlowField id="client-id" label={application.clientId} value={own.clientId} />
      <FlowField
        id="client-secret"
        label={application.clientSecret}
        hint={application.clientSecretHint}
        type="password"
      />
      <FlowField
        id="redirect-uri"
        label={application.redirectUri}
        hint={application.redirectUriHint}
        value={own.redirectUri}
        only="authorization_code"
      />
    </Step>
  );
}

/** How the user takes part, by grant type. */
function UserSteps({ shell }: { readonly shell: Shell }) {
  const { authorize, callback, password } = shell.messages.runTheFlow;
  return (
    <>
      <Step
        id="authorize"
        title={authorize.title}
        text={authorize.text}
        only="authorization_code"
        wire={
          <>
            <Wire name="request" label={authorize.address} copy={shell.messages.form} />
            <Wire name="kept" label={authorize.kept} />
          </>
        }
      >
        <div class="actions">
          <FlowButton action="authorize" primary>
            {authorize.open}
          </FlowButton>
          <FlowButton action="renew">{authorize.renew}</FlowButton>
        </div>
      </Step>
      <Step
        id="callback"
        title={callback.title}
        text={callback.text}
        only="authorization_code"
        wire={<Wire name="answer" label={callback.found} />}
      >
        <FlowField id="callback-address" label={callback.label} />
        <div class="actions">
          <FlowButton action="callback">{callback.read}</FlowButton>
        </div>
      </Step>
      <Step id="password" title={password.title} text={password.text} only="password">
        <FlowField id="username" label={password.username} />
        <FlowField id="user-password" label={password.password} type="password" />
      </Step>
    </>
  );
}

/** What the application's server does, whatever the grant type. */
function TokenSteps({ shell }: { readonly shell: Shell }) {
  const texts = shell.messages.runTheFlow;
  const { token, api, refresh, revoke } = texts;
  const exchange = <Exchange texts={texts} />;
  return (
    <>
      <Step id="token" title={token.title} text={[token.text.credentials]} wire={exchange}>
        <p data-only="authorization_code">
          <Prose text={token.text.authorization_code} />
        </p>
        <p data-only="password">{token.text.password}</p>
        <div class="actions">
          <FlowButton action="token">{token.send}</FlowButton>
        </div>
      </Step>
      <Step id="api" title={api.title} text={api.text} wire={exchange}>
        <FlowSelect
          id="api-path"
          label={api.path}
          options={['/api/v1/account/', '/api/v1/devices/?current=true', '/api/v1/device-ownerships/'].map((path) => ({
            value: path,
            text: path,
          }))}
        />
        <div class="actions">
          <FlowButton action="api">{api.send}</FlowButton>
        </div>
      </Step>
      <Step id="refresh" title={refresh.title} text={refresh.text} wire={exchange}>
        <div class="actions">
          <FlowButton action="refresh">{refresh.send}</FlowButton>
        </div>
      </Step>
      <Step id="revoke" title={revoke.title} text={revoke.text} wire={exchange}>
        <div class="actions">
          <FlowButton action="revoke">{revoke.send}</FlowButton>
        </div>
      </Step>
    </>
  );
}
