import type { Contents } from '../storage/backup/file.ts';

/** The contents of a backup with the keys of `--json`. */
export function contentsForJson({ auditEntries, ...counts }: Contents) {
  return { ...counts, audit_entries: auditEntries };
}

/** The contents of a backup as a part of a sentence. */
export function contentsInWords({ users, applications, devices, auditEntries }: Contents): string {
  return `${users} users, ${applications} applications, ${devices} devices and ${auditEntries} entries of the audit log`;
}
