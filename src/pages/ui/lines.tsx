import { Breakable } from './breakable.tsx';

/** Values that are compared to the letter, such as callbacks, each on a line of its own. */
export function Lines({ lines }: { readonly lines: readonly string[] }) {
  return (
    <ul class="plain lines">
      {lines.map((line) => (
        <li key={line}>
          <code>
            <Breakable>{line}</Breakable>
          </code>
        </li>
      ))}
    </ul>
  );
}
