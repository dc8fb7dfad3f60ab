import type { ComponentChildren } from 'preact';
import { CheckIcon, InfoIcon, WarningIcon } from './icons.tsx';

export type Tone = 'good' | 'info' | 'warning' | 'bad';

const icons = { good: CheckIcon, info: InfoIcon, warning: WarningIcon, bad: WarningIcon } as const;

interface NoticeProps {
  readonly tone: Tone;
  readonly title?: string;
  readonly children: ComponentChildren;
}

/** A message to the user. Colour is not its only sign: it has an icon, and the tone `bad` has the role `alert`. */
export function Notice({ tone, title, children }: NoticeProps) {
  const Icon = icons[tone];
  return (
    <div class={`notice notice-${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon />
      <div>
        {title ? <p class="notice-title">{title}</p> : null}
        <div>{children}</div>
      </div>
    </div>
  );
}
