import type { Settings } from './inside.ts'
import { aliased, type EmulatedDeployment, type State } from './state.ts'

/** Bodies as the service writes them: an item of a list has `uid`, a deployment on its own has `id`. */

const shared = (settings: Settings, d: EmulatedDeployment) => ({
  name: settings.name,
  projectId: settings.projectId,
  url: d.host,
  target: d.target,
  ...(d.environment ? { customEnvironment: { id: `env_${d.environment}`, slug: d.environment } } : {}),
  meta: {
    ...d.meta,
    githubCommitSha: d.sha,
    githubCommitRef: d.ref,
    githubDeployment: '1',
  },
  readyState: d.readyState,
  ...(d.readySubstate ? { readySubstate: d.readySubstate } : {}),
  ...(d.readyState === 'ERROR' ? { errorCode: 'BUILD_FAILED', errorMessage: 'Command exited with 1' } : {}),
  ...(d.readyAt ? { ready: d.readyAt } : {}),
  source: 'api-trigger-git-deploy',
})

export const listItem = (settings: Settings, d: EmulatedDeployment) => ({
  uid: d.id,
  ...shared(settings, d),
  state: d.readyState,
  created: d.createdAt,
  isRollbackCandidate: d.readySubstate === 'PROMOTED' && d.readyState === 'READY',
})

export const deploymentBody = (settings: Settings, state: State, d: EmulatedDeployment) => ({
  id: d.id,
  ...shared(settings, d),
  createdAt: d.createdAt,
  crons: d.crons,
  alias: state.aliases.filter(({ deploymentId }) => deploymentId === d.id).map(({ alias }) => alias),
  aliasAssigned: state.aliases.some(({ deploymentId }) => deploymentId === d.id),
  gitSource: { type: 'github', repoId: settings.repoId, ref: d.ref, sha: d.sha },
  ownerId: settings.teamId,
})

/** As its project shows it: less than by itself, under other names. */
function targetBody(settings: Settings, state: State, d: EmulatedDeployment) {
  const { id, name, url, target, meta, readyState, createdAt, alias, aliasAssigned } = deploymentBody(
    settings,
    state,
    d,
  )
  return {
    ...{ id, name, url, target, meta, readyState, createdAt, alias, aliasAssigned, deploymentHostname: d.host },
    ...(d.readySubstate ? { readySubstate: d.readySubstate } : {}),
    ...(d.readyAt ? { readyAt: d.readyAt } : {}),
  }
}

/** `rollbackInfo` asks for the last alias request, as the service's own command line does. */
export function projectBody(settings: Settings, state: State, domain: string, rollbackInfo: boolean) {
  const serving = state.deployments.find(({ id }) => id === aliased(state, domain))
  const { teamId: accountId, projectId: id, name, repoId, productionBranch } = settings
  return {
    id,
    accountId,
    name,
    autoAssignCustomDomains: state.autoAssign && !state.pinned,
    link: { type: 'github', org: 'acme', repo: name, repoId, productionBranch, deployHooks: [] },
    customEnvironments: settings.environments.map((slug) => ({ id: `env_${slug}`, slug, type: 'preview' })),
    ...(settings.protected ? { ssoProtection: { deploymentType: 'all_except_custom_domains' } } : {}),
    protectionBypass: { [settings.bypassSecret]: { scope: 'automation-bypass', createdAt: 0, createdBy: 'usr_1' } },
    crons: {
      enabledAt: 0,
      disabledAt: null,
      updatedAt: 0,
      deploymentId: serving?.id ?? null,
      definitions: serving?.crons ?? [],
    },
    targets: serving ? { production: targetBody(settings, state, serving) } : {},
    ...(rollbackInfo ? { lastAliasRequest: state.lastAliasRequest } : {}),
  }
}
