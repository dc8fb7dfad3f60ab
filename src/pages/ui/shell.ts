import type { StaffRole } from '../../ports/store/index.ts';
import type { Messages } from '../messages/index.ts';

/** What surrounds every page. */
export interface Shell {
  readonly messages: Messages;
  /** Who is logged in; `null`: nobody, or not looked up. */
  readonly viewer: { readonly name: string; readonly email: string; readonly role: StaffRole | null } | null;
  /** The form token of this browser. */
  readonly csrf: string;
  /** Of this page. */
  readonly path: string;
  /** The address that shows this page again, for who changes how it looks. */
  readonly here: string;
  /** The address of an asset by its file name. */
  readonly assets: (name: string) => string;
  readonly theme: 'auto' | 'light' | 'dark';
}
