import { Badge } from '../badge.tsx';
import type { Tone } from '../notice.tsx';
import { IsolatedName } from './isolated-text.tsx';
import { Multiline } from './multiline.tsx';

/** One message of a thread. */
export interface ThreadEntry {
  readonly key: string;
  readonly author: string;
  readonly side: 'owner' | 'staff';
  readonly when: string;
  /** The kind of the entry; absent: a plain message. */
  readonly label?: { readonly tone: Tone; readonly text: string };
  /** The field of the form that the message is about. */
  readonly about?: string;
  readonly text: string;
}

/** The messages between an applicant and the administrators, oldest first. Each side has a border of its own. */
export function Thread({ label, entries }: { readonly label: string; readonly entries: readonly ThreadEntry[] }) {
  return (
    <ol class="thread" aria-label={label}>
      {entries.map((entry) => (
        <li key={entry.key} class={`thread-entry thread-${entry.side}`}>
          <p class="thread-head">
            <strong>
              <IsolatedName>{entry.author}</IsolatedName>
            </strong>{' '}
            <span class="thread-when">{entry.when}</span>{' '}
            {entry.label === undefined ? null : <Badge tone={entry.label.tone}>{entry.label.text}</Badge>}
          </p>
          {entry.about === undefined ? null : <p class="thread-about">{entry.about}</p>}
          {entry.text === '' ? null : <Multiline>{entry.text}</Multiline>}
        </li>
      ))}
    </ol>
  );
}
