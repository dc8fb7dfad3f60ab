import type { Application } from '../../ports/store/index.ts';
import { type Description, DescriptionList } from '../ui/description-list.tsx';
import { Button } from '../ui/forms/button.tsx';
import { Form } from '../ui/forms/form.tsx';
import { ArrowIcon, CrossIcon, TickIcon } from '../ui/icons.tsx';
import { Layout } from '../ui/layout.tsx';
import type { Shell } from '../ui/shell.ts';
import { Name, Sentence } from '../ui/text/isolated-text.tsx';

export interface ConsentViewProps {
  readonly shell: Shell;
  readonly application: Pick<Application, 'name' | 'ownerName' | 'website' | 'consentEpoch'>;
  /** Where the browser goes afterwards: a host, or the scheme of an app. */
  readonly destination: string;
  /** The id of the request that is decided here. */
  readonly resume: string;
  /** Who reads this; nobody else's decision counts. */
  readonly viewerId: number;
}

/** Who asks, for what, until when, and where you go next; two equal answers. */
export function ConsentView({ shell, application, destination, resume, viewerId }: ConsentViewProps) {
  const { consent } = shell.messages;
  return (
    <Layout shell={shell} title={consent.title} width="narrow" task>
      <p class="eyebrow">{consent.title}</p>
      <h1>
        <Sentence parts={consent.asks(application.name)} />
      </h1>
      <DescriptionList items={facts({ shell, application })} />
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
        <Sentence parts={consent.who(application.ownerName)} /> {consent.howLong}
      </p>
      <p class="next-stop">
        <ArrowIcon />
        <span>
          {consent.destination} <strong>{destination}</strong>
        </span>
      </p>
      <Form
        shell={shell}
        action="/oauth2/authorize/"
        class="form decision"
        hidden={{ resume, viewer: viewerId, shown: application.consentEpoch }}
      >
        <Button name="decision" value="authorize">
          {consent.authorize}
        </Button>
        <Button name="decision" value="deny">
          {consent.deny}
        </Button>
      </Form>
      <SignedIn shell={shell} resume={resume} />
    </Layout>
  );
}

function facts({ shell, application }: Pick<ConsentViewProps, 'shell' | 'application'>): readonly Description[] {
  const { consent } = shell.messages;
  const owner = { term: consent.owner, value: <Name>{application.ownerName}</Name> };
  const { website } = application;
  return website === null ? [owner] : [owner, { term: consent.website, value: <Name>{website}</Name> }];
}

/** *Not you?* logs out and brings the next person back to this very request. */
function SignedIn({ shell, resume }: Pick<ConsentViewProps, 'shell' | 'resume'>) {
  const { consent } = shell.messages;
  if (shell.viewer === null) return null;
  return (
    <Form shell={shell} action="/logout/" class="signed-in" hidden={{ resume }}>
      <span>
        {consent.signedIn} <Name>{shell.viewer.name}</Name> ({shell.viewer.email}).
      </span>{' '}
      <button type="submit" class="link">
        {consent.notYou}
      </button>
    </Form>
  );
}
