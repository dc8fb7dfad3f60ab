import type { Contents } from '../storage/backup/file.ts';

/** What is in a backup, as `--json` shows it. */
export function countsOf({ auditEntries, ...counted }: Contents) {
  return { ...counted, audit_entries: auditEntries };
}

/** The same in words. */
export function wordsFor({ users, applications, devices, auditEntries }: Contents): string {
  return `${users} users, ${applications} applications, ${devices} devices and ${auditEntries} entries of the audit log`;
}
