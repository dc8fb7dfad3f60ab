import { Prose } from '../api-reference/prose.tsx';
import type { PageContext } from '../page-context.ts';
import { Layout } from '../ui/layout.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { CodeBlock } from '../ui/text/code-block.tsx';
import { Exchange, FlowButton, FlowField, FlowSelect, Step, Wire } from './parts.tsx';

interface RunTheFlowProps {
  readonly context: PageContext;
  /** The issuer identifier of this server (RFC 8414). */
  readonly issuer: string;
  readonly paths: { readonly authorize: string; readonly token: string; readonly revoke: string };
  /** The initial values of the fields: those of the reader's application, or `null`. */
  readonly own: { readonly clientId: string | null; readonly redirectUri: string | null };
}

/** `/docs/run-the-flow/`: describes each step of the OAuth flow and lets the reader run it. */
export function RunTheFlowView({ context, issuer, paths, own }: RunTheFlowProps) {
  const texts = context.messages.runTheFlow;
  return (
    <Layout context={context} title={texts.title} width="reference" scripts={['run-the-flow.js']}>
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
        <ApplicationStep context={context} issuer={issuer} paths={paths} own={own} />
        <UserSteps context={context} />
        <TokenSteps context={context} />
      </div>
      <p>
        <a href="/docs/api/">{texts.reference}</a>
      </p>
    </Layout>
  );
}

function ApplicationStep({ context, issuer, paths, own }: RunTheFlowProps) {
  const { application } = context.messages.runTheFlow;
  const addresses = [paths.authorize, paths.token, paths.revoke, '/api/v1/'].map((path) => issuer + path);
  const { grants } = application;
  return (
    <Step
      id="application"
      title={application.title}
      text={application.text}
      wire={
        <CodeBlock context={context} label={application.addresses}>
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

/** The steps of the user: authorization and callback, or user name and password. */
function UserSteps({ context }: { readonly context: PageContext }) {
  const { authorize, callback, password } = context.messages.runTheFlow;
  return (
    <>
      <Step
        id="authorize"
        title={authorize.title}
        text={authorize.text}
        only="authorization_code"
        wire={
          <>
            <Wire name="request" label={authorize.address} copy={context.messages.form} />
            <Wire name="stored" label={authorize.stored} />
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
        wire={<Wire name="response" label={callback.found} />}
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

/** The steps of the application's server, which both grant types have. */
function TokenSteps({ context }: { readonly context: PageContext }) {
  const texts = context.messages.runTheFlow;
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
