import type { ApiPolicy, EmulatedSandbox, EmulatedSnapshot } from './vercelSandboxTypes.ts'

export const CWD = '/vercel/sandbox'

/** The API's spelling of a policy that was asked for; null asks for nothing, which is the whole network. */
export function policyOf(asked: { mode?: string; allow?: string[] } | undefined): ApiPolicy {
  if (asked?.mode === 'deny-all' || asked?.mode === 'allow-all') return { mode: asked.mode }
  return asked?.allow ? { mode: 'custom', allowedDomains: asked.allow } : { mode: 'allow-all' }
}

export function sessionBody({ session, status, policy, timeout, createdAt, source }: EmulatedSandbox) {
  return {
    ...{ id: session, memory: 4096, vcpus: 2, region: 'iad1', status, timeout, cwd: CWD, networkPolicy: policy },
    ...{ requestedAt: createdAt, startedAt: createdAt, createdAt, updatedAt: Date.now() },
    ...(source === null ? {} : { sourceSnapshotId: source }),
  }
}

export function sandboxBody(sandbox: EmulatedSandbox) {
  const { name, session, status, policy, timeout, createdAt, tags } = sandbox
  return {
    ...{ name, persistent: false, region: 'iad1', vcpus: 2, memory: 4096, timeout, networkPolicy: policy, tags },
    ...{ createdAt, updatedAt: Date.now(), currentSessionId: session, status, cwd: CWD },
  }
}

export const both = (sandbox: EmulatedSandbox) => ({
  sandbox: sandboxBody(sandbox),
  session: sessionBody(sandbox),
  routes: [],
})

export const snapshotBody = ({ id, session, status, createdAt, expiration }: EmulatedSnapshot) => ({
  ...{ id, sourceSessionId: session, region: 'iad1', status, sizeBytes: 1, createdAt, updatedAt: createdAt },
  ...(expiration ? { expiresAt: createdAt + expiration } : {}),
})
