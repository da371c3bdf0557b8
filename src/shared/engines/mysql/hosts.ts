/** Whether a server takes rows that are written to it; `any` stands for no choice. */
export const targetSessions = ['any', 'read-write', 'read-only'] as const;
export type TargetSession = (typeof targetSessions)[number];
