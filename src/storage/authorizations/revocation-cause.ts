import type { RevocationCause } from '../../ports/store/index.ts';

/** Returns why an authorization or its user is not active; `null`: both are. */
export function revocationCauseOf(row: {
  readonly revoked_at: number | null;
  readonly revoked_reason: string | null;
  readonly disabled_at: number | null;
}): RevocationCause | null {
  if (row.revoked_at !== null) return causeFrom(row.revoked_reason);
  return row.disabled_at === null ? null : 'user_disabled';
}

function causeFrom(reason: string | null): RevocationCause {
  if (reason === 'disconnected') return 'disconnected';
  return reason === 'refresh_replayed' ? 'ended_by_replay' : 'ended_by_administrator';
}
