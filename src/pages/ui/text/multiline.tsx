import { IsolatedName } from './isolated-text.tsx';

/** A text of several lines that a user wrote. Each line is isolated, so it can't change the text around it. */
export function Multiline({ children }: { readonly children: string }) {
  return (
    <div class="written">
      {children.split('\n').map((line, index) => (
        <p key={index}>{line === '' ? '\u00a0' : <IsolatedName>{line}</IsolatedName>}</p>
      ))}
    </div>
  );
}
