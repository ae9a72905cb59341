import type { Repo } from './types.ts'

type Named = Pick<Repo, 'owner' | 'name'>
type Numbered = Pick<Repo, 'owner' | 'name' | 'id'>

/** What GitHub says besides what matters here, in the shape it is described in: addresses, counts, and what nobody set. */

const SITE = 'https://github.com'
export const API = 'https://api.github.com'

export const WHEN = '2026-11-20T03:00:00Z'

/** `name_url` for each name, below an address. */
const addresses = (below: string, names: string): Record<string, string> =>
  Object.fromEntries(names.split(' ').map((name) => [`${name}_url`, `${below}/${name}`]))

export const urlOf = (repo: Named): string => `${API}/repos/${repo.owner}/${repo.name}`
export const pageOf = (repo: Named): string => `${SITE}/${repo.owner}/${repo.name}`

export function userOf(login: string) {
  const url = `${API}/users/${encodeURIComponent(login)}`
  return {
    ...{ login, id: login.length, node_id: `U_${login.length}`, type: login.endsWith('[bot]') ? 'Bot' : 'User', url },
    ...{ html_url: `${SITE}/${encodeURIComponent(login)}`, gravatar_id: '', site_admin: false },
    ...addresses(url, 'avatar events followers following gists organizations received_events repos starred'),
    ...addresses(url, 'subscriptions'),
  }
}

const PARTS =
  'archive assignees blobs branches collaborators comments commits compare contents contributors deployments downloads ' +
  'events forks git_commits git_refs git_tags hooks issue_comment issue_events issues keys labels languages merges ' +
  'milestones notifications pulls releases stargazers statuses subscribers subscription tags teams trees'

/** As it stands in other things. */
export function repositoryOf(repo: Numbered) {
  const { owner, name, id } = repo
  return {
    ...{
      id,
      node_id: `R_${id}`,
      name,
      full_name: `${owner}/${name}`,
      owner: userOf(owner),
      private: true,
      fork: false,
    },
    ...{ description: null, url: urlOf(repo), html_url: pageOf(repo), default_branch: 'main' },
    ...addresses(urlOf(repo), PARTS),
  }
}

/** As a pull request's ends and a token have it. */
export function endRepositoryOf(repo: Numbered) {
  const page = pageOf(repo)
  return {
    ...repositoryOf(repo),
    ...{ clone_url: `${page}.git`, git_url: `${page}.git`, ssh_url: `${page}.git`, svn_url: page, mirror_url: null },
    ...{ forks: 0, forks_count: 0, open_issues: 0, open_issues_count: 0, stargazers_count: 0, size: 1 },
    ...{ watchers: 0, watchers_count: 0, homepage: null, language: null, license: null, archived: false },
    ...{ disabled: false, has_issues: true, has_projects: false, has_wiki: false, has_pages: false },
    ...{ has_downloads: false, pushed_at: WHEN, created_at: WHEN, updated_at: WHEN },
  }
}

/** By itself. */
export const wholeRepositoryOf = (repo: Repo) => ({
  ...endRepositoryOf(repo),
  ...{ allow_merge_commit: repo.merging.methods.includes('merge') },
  ...{ allow_squash_merge: repo.merging.methods.includes('squash') },
  ...{ allow_rebase_merge: repo.merging.methods.includes('rebase') },
  delete_branch_on_merge: repo.merging.deletesBranches,
  ...{ has_discussions: false, network_count: 0, subscribers_count: 0 },
})

export const labelOf = (name: string, repo: Repo) => ({
  ...{ id: 1, node_id: 'LA_1', name, url: `${urlOf(repo)}/labels/${encodeURIComponent(name)}` },
  ...{ description: '', color: 'ededed', default: false },
})

const times = { created_at: WHEN, updated_at: WHEN }

export const appRest = ({ appId: id, slug }: { appId: number; slug: string }) => ({
  ...{ id, slug, name: slug, node_id: `A_${id}`, owner: userOf('acme'), description: null },
  ...{ external_url: SITE, html_url: `${SITE}/apps/${slug}`, ...times },
})

export function issueRest(repo: Repo, number: number) {
  const url = `${urlOf(repo)}/issues/${number}`
  return {
    ...{ node_id: `I_${number}`, url, html_url: `${pageOf(repo)}/issues/${number}`, repository_url: urlOf(repo) },
    ...{ assignee: null, milestone: null, locked: false, closed_at: null, comments: 0, ...times },
    ...addresses(url, 'comments events labels'),
  }
}

export function commentRest(repo: Repo, id: number) {
  const url = `${urlOf(repo)}/issues/comments/${id}`
  return { node_id: `IC_${id}`, url, html_url: url, issue_url: `${urlOf(repo)}/issues/1`, ...times }
}

/** `isWhole`: of a request by itself, not in a list. */
export function pullRest(repo: Repo, number: number, sha: string, isWhole: boolean) {
  const url = `${urlOf(repo)}/pulls/${number}`
  const page = `${pageOf(repo)}/pull/${number}`
  const parts = 'html issue comments review_comments review_comment commits statuses self'
  return {
    ...{ node_id: `PR_${number}`, url, html_url: page, diff_url: `${page}.diff`, patch_url: `${page}.patch` },
    ...{ issue_url: `${urlOf(repo)}/issues/${number}`, statuses_url: `${urlOf(repo)}/statuses/${sha}` },
    ...addresses(url, 'comments commits review_comment review_comments'),
    ...{ assignee: null, milestone: null, locked: false, closed_at: null, ...times },
    _links: Object.fromEntries(parts.split(' ').map((name) => [name, { href: `${url}/${name}` }])),
    ...(isWhole
      ? { additions: 1, deletions: 0, changed_files: 1, comments: 0, commits: 1, review_comments: 0 }
      : undefined),
    ...(isWhole ? { maintainer_can_modify: false } : undefined),
  }
}

export function reviewRest(repo: Repo, number: number, id: number) {
  const pull = `${urlOf(repo)}/pulls/${number}`
  const page = `${pageOf(repo)}/pull/${number}#review-${id}`
  const _links = { html: { href: page }, pull_request: { href: pull } }
  return { node_id: `PRR_${id}`, html_url: page, pull_request_url: pull, body: '', submitted_at: WHEN, _links }
}

export function checkRest(repo: Repo, id: number, isOver: boolean) {
  const url = `${urlOf(repo)}/check-runs/${id}`
  const output = { title: null, summary: null, text: null, annotations_count: 0, annotations_url: `${url}/annotations` }
  return {
    ...{ node_id: `CR_${id}`, url, html_url: url, details_url: url, external_id: '', app: null, pull_requests: [] },
    ...{ started_at: WHEN, completed_at: isOver ? WHEN : null, check_suite: { id: 1 }, output },
  }
}

export const statusRest = (repo: Repo, sha: string) => ({
  ...{ id: 1, node_id: 'SC_1', description: null, target_url: null, avatar_url: null, ...times },
  url: `${urlOf(repo)}/statuses/${sha}`,
})

export function fileOf(repo: Repo, filename: string) {
  const raw = `${pageOf(repo)}/raw/${filename}`
  return {
    ...{ filename, status: 'modified', sha: null, additions: 1, deletions: 0, changes: 1 },
    ...{ blob_url: raw, raw_url: raw, contents_url: `${urlOf(repo)}/contents/${filename}` },
  }
}

export function deploymentRest(repo: Repo, id: number) {
  const url = `${urlOf(repo)}/deployments/${id}`
  return {
    ...{ node_id: `DE_${id}`, url, repository_url: urlOf(repo), statuses_url: `${url}/statuses`, description: '' },
    ...{ task: 'deploy', ...times },
  }
}
