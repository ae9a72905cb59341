/** What of each description is kept: the operations our adapters and tests call, and what belongs to them. */

const HERE = '/repos/{owner}/{repo}'

export const GITHUB: readonly string[] = [
  'GET /app',
  'POST /app/installations/{installation_id}/access_tokens',
  `GET ${HERE}`,
  `GET ${HERE}/installation`,
  `GET ${HERE}/collaborators/{username}/permission`,
  `GET ${HERE}/branches`,
  `GET ${HERE}/branches/{branch}/protection`,
  `GET ${HERE}/rules/branches/{branch}`,
  `GET ${HERE}/git/ref/{ref}`,
  `POST ${HERE}/git/refs`,
  `PATCH ${HERE}/git/refs/{ref}`,
  `GET ${HERE}/git/commits/{commit_sha}`,
  `POST ${HERE}/git/commits`,
  `GET ${HERE}/git/trees/{tree_sha}`,
  `POST ${HERE}/git/trees`,
  `GET ${HERE}/git/blobs/{file_sha}`,
  `POST ${HERE}/git/blobs`,
  `GET ${HERE}/commits`,
  `GET ${HERE}/commits/{ref}/check-runs`,
  `GET ${HERE}/commits/{ref}/status`,
  `GET ${HERE}/compare/{basehead}`,
  `GET ${HERE}/tarball/{ref}`,
  `GET ${HERE}/pulls`,
  `POST ${HERE}/pulls`,
  `GET ${HERE}/pulls/{pull_number}`,
  `PATCH ${HERE}/pulls/{pull_number}`,
  `PUT ${HERE}/pulls/{pull_number}/merge`,
  `GET ${HERE}/pulls/{pull_number}/reviews`,
  `GET ${HERE}/issues`,
  `POST ${HERE}/issues`,
  `PATCH ${HERE}/issues/{issue_number}`,
  `POST ${HERE}/issues/{issue_number}/labels`,
  `GET ${HERE}/issues/{issue_number}/comments`,
  `POST ${HERE}/issues/{issue_number}/comments`,
  `PATCH ${HERE}/issues/comments/{comment_id}`,
  `GET ${HERE}/deployments`,
  `GET ${HERE}/deployments/{deployment_id}/statuses`,
  `POST ${HERE}/deployments`,
  `POST ${HERE}/deployments/{deployment_id}/statuses`,
]

/** Fields by type; an input type is kept whole. */
export const GITHUB_GRAPHQL: Readonly<Record<string, readonly string[]>> = {
  Query: ['repository', 'viewer'],
  Mutation: ['enablePullRequestAutoMerge', 'enqueuePullRequest', 'markPullRequestReadyForReview', 'updateRefs'],
  Repository: ['object', 'pullRequest'],
  GitObject: ['oid'],
  Commit: ['blame', 'oid'],
  Blame: ['ranges'],
  BlameRange: ['commit', 'endingLine', 'startingLine'],
  PullRequest: ['isInMergeQueue', 'number'],
  User: ['login'],
  EnablePullRequestAutoMergePayload: ['clientMutationId'],
  EnqueuePullRequestPayload: ['clientMutationId'],
  MarkPullRequestReadyForReviewPayload: ['clientMutationId'],
  UpdateRefsPayload: ['clientMutationId'],
}

/** Functions of Vercel's SDK, each of which is one operation. */
export const VERCEL: readonly string[] = [
  'deploymentsCreateDeployment',
  'deploymentsGetDeployments',
  'deploymentsGetDeployment',
  'deploymentsGetDeploymentEvents',
  'deploymentsCancelDeployment',
  'aliasesAssignAlias',
  'aliasesGetAlias',
  'projectsGetProject',
  'projectsUpdateProject',
  'projectsRequestPromote',
  'projectsRequestRollback',
  'projectsListPromoteAliases',
  'projectsFilterProjectEnvs',
  'projectsCreateProjectEnv',
  'webhooksCreateWebhook',
  'drainsCreateDrain',
]

/** Large parts of its answers that nobody here reads. */
export const VERCEL_UNREAD: readonly string[] = [
  ...['abuse', 'contentHint', 'deploymentPolicy', 'latestDeployments', 'microfrontends', 'permissions'],
  ...['projectSettings', 'routes', 'security', 'services', 'trustedSources', 'gitRepo', 'functions', 'sso'],
]
