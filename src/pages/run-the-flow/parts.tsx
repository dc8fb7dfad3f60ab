import type { ComponentChildren } from 'preact';
import { Prose } from '../api-reference/prose.tsx';
import type { Messages } from '../messages/index.ts';

type Grant = 'authorization_code' | 'password';

interface StepProps {
  /** Also what the script knows it by. */
  readonly id: string;
  readonly title: string;
  readonly text: readonly string[];
  /** The step belongs to this grant type only. */
  readonly only?: Grant;
  /** What is filled in and pressed; there only where the script runs. */
  readonly children: ComponentChildren;
  /** What is sent and comes back. */
  readonly wire?: ComponentChildren;
}

/** One step: what it is for and what it needs on the left, what goes over the wire on the right. */
export function Step({ id, title, text, only, children, wire }: StepProps) {
  return (
    <section class="reference-part step" id={id} aria-labelledby={`${id}-title`} data-step={id} data-only={only}>
      <div class="reference-text">
        <h2 id={`${id}-title`}>{title}</h2>
        {text.map((paragraph) => (
          <p key={paragraph}>
            <Prose text={paragraph} />
          </p>
        ))}
        <div class="form step-controls" data-live hidden>
          {children}
        </div>
        <p class="step-says" role="status" data-says />
      </div>
      <div class="reference-example" data-live hidden>
        {wire}
      </div>
    </section>
  );
}

interface FlowFieldProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly type?: 'text' | 'password';
  readonly only?: Grant;
  /** What stands in it at first. */
  readonly value?: string | null;
}

/** A field without a name, so that nothing but the script can send it, and nothing offers to remember it. */
export function FlowField({ id, label, hint, type = 'text', only, value }: FlowFieldProps) {
  return (
    <div class="field" data-only={only}>
      <label for={id}>{label}</label>
      <input
        id={id}
        value={value ?? undefined}
        // Both kinds take the same attributes; the types only know one kind at a time.
        type={type as 'text'}
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
      />
      {hint === undefined ? null : (
        <p class="field-hint" id={`${id}-hint`}>
          <Prose text={hint} />
        </p>
      )}
    </div>
  );
}

export function FlowSelect({
  id,
  label,
  options,
}: {
  readonly id: string;
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly text: string }[];
}) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} autocomplete="off">
        {options.map(({ value, text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

export function FlowButton({
  action,
  primary = false,
  children,
}: {
  readonly action: string;
  readonly primary?: boolean;
  readonly children: string;
}) {
  return (
    <button type="button" class={primary ? 'button button-primary' : 'button'} data-action={action}>
      {children}
    </button>
  );
}

/** A request, its answer, and what went wrong if something did. Filled by the script. */
export function Exchange({ texts }: { readonly texts: Messages['runTheFlow'] }) {
  return (
    <>
      <p class="empty" data-waiting>
        {texts.waiting}
      </p>
      <Wire name="request" label={texts.request} />
      <Wire name="answer" label={texts.answer} />
    </>
  );
}

/** A block of what is sent or received; hidden until there is something. */
export function Wire({
  name,
  label,
  copy,
}: {
  readonly name: string;
  readonly label: string;
  /** The texts of a button that copies it; none where something is masked. */
  readonly copy?: Messages['form'];
}) {
  return (
    <figure class="code" data-wire={name} hidden>
      <figcaption>{label}</figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <pre tabIndex={0}>
        <code />
      </pre>
      {copy === undefined ? null : (
        <button type="button" class="button button-small" data-copy data-copied={copy.copied} hidden>
          {copy.copy}
        </button>
      )}
    </figure>
  );
}
