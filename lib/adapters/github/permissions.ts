/**
 * What an App of Nightshift's is made with: the least that its parts use, and nothing that changes the rules it works
 * under. Without `workflows` GitHub itself refuses a push that touches one.
 */
export const APP_PERMISSIONS = {
  ...{ contents: 'write', pull_requests: 'write', issues: 'write', actions: 'write' },
  ...{ checks: 'write', statuses: 'write', deployments: 'write', metadata: 'read', merge_queues: 'read' },
} as const satisfies Record<string, 'read' | 'write'>

/** Whoever holds one of these could change what guards us: workflows run with secrets, and settings lift protection. */
export const NEVER = ['administration', 'workflows', 'secrets', 'organization_administration', 'organization_secrets']

/** Without one of these nothing can be read, proposed or merged; the others make it better. */
const NEEDED = { contents: 'write', pull_requests: 'write', issues: 'write', metadata: 'read' } as const

/** What is heard of: hints to look, which lose nothing when they are lost. */
export const APP_EVENTS = [
  ...['workflow_run', 'workflow_job', 'check_suite', 'pull_request', 'pull_request_review', 'push'],
  ...['issue_comment', 'deployment_status', 'status'],
]

/** As names that can be compared: whoever may write may read. */
export const scopesOf = (permissions: Record<string, string>): string[] =>
  Object.entries(permissions).map(([name, access]) => `${name}:${access}`)

/** What there is, with `read` where `write` includes it. */
export function heldScopes(permissions: Record<string, string>) {
  const has = scopesOf(permissions)
  const known = (one: string) => has.includes(one) || has.includes(one.replace(/:read$/, ':write'))
  return {
    has,
    needs: scopesOf(NEEDED).map((one) => (known(one) && !has.includes(one) ? one.replace(/:read$/, ':write') : one)),
    may: Object.entries(APP_PERMISSIONS).flatMap(([name, most]) =>
      most === 'write' ? [`${name}:read`, `${name}:write`] : [`${name}:read`],
    ),
  }
}
