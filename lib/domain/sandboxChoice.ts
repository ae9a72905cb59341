/** Which sandbox, with what it needs and nothing of the others. */
export type SandboxChoice =
  | { kind: 'bubblewrap' }
  | { kind: 'docker'; socket: string }
  | { kind: 'vercel'; token: string; teamId: string; projectId: string; image?: string; url?: string }
