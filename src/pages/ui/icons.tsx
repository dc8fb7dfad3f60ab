/** All icons of the pages, as inline SVG. Screen readers skip them: the text beside an icon says the same. */
import type { ComponentChildren } from 'preact';

function Icon({ children }: { readonly children: ComponentChildren }) {
  return (
    <svg class="icon" viewBox="0 0 20 20" width="20" height="20" fill="none" stroke="currentColor" aria-hidden="true">
      {children}
    </svg>
  );
}

/** Two tracks that meet at one point. */
export function Logo() {
  return (
    <svg class="logo" viewBox="0 0 28 28" width="28" height="28" aria-hidden="true">
      <rect width="28" height="28" rx="7" class="logo-ground" />
      <path d="M7 20.5c4.5 0 4.5-13 9-13" class="logo-line" />
      <circle cx="19.5" cy="7.5" r="3" class="logo-point" />
    </svg>
  );
}

export function CheckIcon() {
  return (
    <Icon>
      <circle cx="10" cy="10" r="7.25" stroke-width="1.5" />
      <path d="m6.75 10.25 2.25 2.25 4.25-4.75" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" />
    </Icon>
  );
}

export function InfoIcon() {
  return (
    <Icon>
      <circle cx="10" cy="10" r="7.25" stroke-width="1.5" />
      <path d="M10 9.25v4M10 6.5v.25" stroke-width="1.5" stroke-linecap="round" />
    </Icon>
  );
}

export function WarningIcon() {
  return (
    <Icon>
      <path d="M10 3.25 17.5 16.5h-15z" stroke-width="1.5" stroke-linejoin="round" />
      <path d="M10 8.5v3.25M10 14v.1" stroke-width="1.5" stroke-linecap="round" />
    </Icon>
  );
}

export function TickIcon() {
  return (
    <Icon>
      <path d="m4.5 10.5 3.5 3.5 7.5-8.5" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" />
    </Icon>
  );
}

export function CrossIcon() {
  return (
    <Icon>
      <path d="m5.5 5.5 9 9m0-9-9 9" stroke-width="1.75" stroke-linecap="round" />
    </Icon>
  );
}

export function ArrowIcon() {
  return (
    <Icon>
      <path d="M4 10h12m-4.5-4.5L16 10l-4.5 4.5" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" />
    </Icon>
  );
}
