import { IsolatedName } from './isolated-text.tsx';

/** What somebody wrote on several lines, with its lines, and no way to disturb what is around it. */
export function Multiline({ children }: { readonly children: string }) {
  return (
    <div class="written">
      {children.split('\n').map((line, index) => (
        <p key={index}>{line === '' ? '\u00a0' : <IsolatedName>{line}</IsolatedName>}</p>
      ))}
    </div>
  );
}
