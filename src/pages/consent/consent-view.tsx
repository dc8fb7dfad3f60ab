import type { Application } from '../../ports/store/index.ts';
import { returnFields } from '../login/return-to.ts';
import type { PageContext } from '../page-context.ts';
import { type Description, DescriptionList } from '../ui/description-list.tsx';
import { Button } from '../ui/forms/button.tsx';
import { Form } from '../ui/forms/form.tsx';
import { ArrowIcon, CrossIcon, TickIcon } from '../ui/icons.tsx';
import { Layout } from '../ui/layout.tsx';
import { IsolatedName, NamedSentence } from '../ui/text/isolated-text.tsx';

export interface ConsentViewProps {
  readonly context: PageContext;
  readonly application: Pick<Application, 'name' | 'ownerName' | 'website' | 'consentEpoch'>;
  /** Where the browser goes afterwards: a host, or the scheme of an app. */
  readonly destination: string;
  /** The ID of the stored request. */
  readonly pendingId: string;
  /** The user who is asked. A decision of another user does not count. */
  readonly viewerId: number;
}

/** Who asks for which access, for how long, and where the browser goes next. Both buttons look the same. */
export function ConsentView({ context, application, destination, pendingId, viewerId }: ConsentViewProps) {
  const { consent } = context.messages;
  const returnTo = returnFields({ kind: 'request', id: pendingId });
  return (
    <Layout context={context} title={consent.title} width="narrow" task>
      <p class="eyebrow">{consent.title}</p>
      <h1>
        <NamedSentence parts={consent.asks(application.name)} />
      </h1>
      <DescriptionList items={facts({ context, application })} />
      <section class="powers">
        <h2>{consent.allowsTitle}</h2>
        <ul class="marked marked-yes">
          {consent.allows.map((text) => (
            <li key={text}>
              <TickIcon />
              <span>{text}</span>
            </li>
          ))}
        </ul>
        <h2>{consent.deniesTitle}</h2>
        <ul class="marked marked-no">
          {consent.denies.map((text) => (
            <li key={text}>
              <CrossIcon />
              <span>{text}</span>
            </li>
          ))}
        </ul>
      </section>
      <p>
        <NamedSentence parts={consent.who(application.ownerName)} /> {consent.howLong}
      </p>
      <p class="next-stop">
        <ArrowIcon />
        <span>
          {consent.destination} <strong>{destination}</strong>
        </span>
      </p>
      <Form
        context={context}
        action="/oauth2/authorize/"
        class="form decision"
        hidden={{ ...returnTo, viewer: viewerId, shown: application.consentEpoch }}
      >
        <Button name="decision" value="authorize">
          {consent.authorize}
        </Button>
        <Button name="decision" value="deny">
          {consent.deny}
        </Button>
      </Form>
      <SignedIn context={context} returnTo={returnTo} />
    </Layout>
  );
}

function facts({ context, application }: Pick<ConsentViewProps, 'context' | 'application'>): readonly Description[] {
  const { consent } = context.messages;
  const owner = { term: consent.owner, value: <IsolatedName>{application.ownerName}</IsolatedName> };
  const { website } = application;
  return website === null ? [owner] : [owner, { term: consent.website, value: <IsolatedName>{website}</IsolatedName> }];
}

/** *Not you?* logs out; the next login returns to this request. */
function SignedIn({
  context,
  returnTo,
}: {
  readonly context: PageContext;
  readonly returnTo: Readonly<Record<string, string>>;
}) {
  const { consent } = context.messages;
  if (context.viewer === null) return null;
  return (
    <Form context={context} action="/logout/" class="signed-in" hidden={returnTo}>
      <span>
        {consent.signedIn} <IsolatedName>{context.viewer.name}</IsolatedName> ({context.viewer.email}).
      </span>{' '}
      <button type="submit" class="link">
        {consent.notYou}
      </button>
    </Form>
  );
}
