import { expect, test } from 'vitest'
import { floorHits } from '../../lib/policy/floor.ts'
import { foldPath } from '../../lib/policy/paths.ts'

const rulesAt = (path: string) => floorHits(foldPath(path)).map((hit) => hit.rule)

test.each<[string, string[]]>([
  ['dot-path', ['.github/workflows/ci.yml', '.env', '.vscode/settings.json', '.eslintrc', '.changeset/a.md']],
  ['git', ['src/.gitignore', 'a/b/.gitmodules', 'a/.gitkeep', '.gitlab-ci.yml', 'git~1']],
  ['ci', ['Jenkinsfile', 'ci/Jenkinsfile.prod', 'azure-pipelines.yml', 'azure-pipelines-pr.yaml', 'turbo.json']],
  ['ci', ['bitbucket-pipelines.yml', 'apps/web/.husky/pre-push', 'appveyor.yml', 'nx.json', 'cloudbuild.yaml']],
  ['env', ['packages/ui/.env', 'packages/ui/.env.local', 'packages/ui/.ENV.production', 'a/.envrc']],
  ['registry', ['packages/a/.npmrc', '.yarnrc.yml', 'a/.pnpmfile.cjs', 'a/.pnp.cjs', 'bunfig.toml', 'a/.yarn/x.cjs']],
  ['registry', ['pnpm-workspace.yaml', 'a/.node-version', '.tool-versions', 'a/.cargo/config.toml']],
  ['deploy', ['vercel.json', 'apps/web/vercel.json', 'netlify.toml', 'wrangler.toml', 'wrangler.jsonc', 'Procfile']],
  ['deploy', ['fly.toml', 'render.yaml', 'firebase.json', 'serverless.yml']],
  ['migrations', ['supabase/migrations/1.sql', 'a/b/migrations/c/d.ts', 'prisma/migrations/1/migration.sql']],
  ['supabase', ['supabase/config.toml', 'supabase/seed.sql', 'supabase/functions/a/index.ts']],
  ['nightshift', ['nightshift.json', 'apps/web/nightshift.json']],
  ['tsconfig', ['tsconfig.json', 'packages/a/tsconfig.build.json', 'jsconfig.json']],
  ['config', ['next.config.mjs', 'a/vite.config.ts', 'eslint.config.js', 'jest.config.cjs', 'a/app.config.prod.ts']],
  ['checks', ['packages/a/.eslintrc.json', 'biome.json', 'packages/a/biome.jsonc', 'a/.prettierrc']],
  ['middleware', ['middleware.ts', 'src/middleware.js', 'proxy.ts', 'src/proxy.mts']],
  ['docker', ['Dockerfile', 'docker/Dockerfile.web', 'api.dockerfile', 'Containerfile', 'docker-compose.yml']],
  ['docker', ['compose.yaml', 'compose.prod.yml', 'a/.dockerignore', 'Dockerfile-prod']],
  ['codeowners', ['CODEOWNERS', 'docs/CODEOWNERS', '.github/codeowners']],
  ['agents', ['AGENTS.md', 'packages/a/CLAUDE.md', 'a/GEMINI.md', 'docs/.claude/x.md', 'a/.cursorrules', 'a/SKILL.md']],
  [
    'sensitive',
    ['src/auth.ts', 'src/auth/x.ts', 'src/auth.service.ts', 'app/(auth)/page.tsx', 'app/[...auth]/route.ts'],
  ],
  ['sensitive', ['app/[[...login]]/page.tsx', 'app/(.)login/page.tsx', 'app/@billing/page.tsx', 'app/_session.ts']],
  [
    'sensitive',
    ['src/Authn/a.ts', 'src/authz.go', 'lib/payments/a.ts', 'lib/payment.py', 'invoice.ts', 'a/invoices/b.ts'],
  ],
  [
    'sensitive',
    ['src/app/api/billing/charge/route.ts', 'stripe/client.ts', 'webhooks/stripe.ts', 'src/ＢＩＬＬＩＮＧ/a.ts'],
  ],
  ['sensitive', ['src/paypal/webhook.ts', 'src/adyen/v2/webhook/route.ts', 'src/webhooks/mollie.ts']],
  ['dependencies', ['package.json', 'packages/ui/package.json', 'pyproject.toml', 'go.mod', 'requirements-dev.txt']],
  ['lockfile', ['package-lock.json', 'yarn.lock', 'pnpm-lock.yaml', 'a/Cargo.lock', 'go.sum', 'bun.lockb', 'uv.lock']],
])('%s', (rule, paths) => {
  expect(paths.filter((path) => !rulesAt(path).includes(rule))).toEqual([])
})

test.each([
  ['words that only begin alike', ['src/author.ts', 'src/authority/a.ts', 'src/sessions-list.ts', 'src/stripes.css']],
  ['words within a name', ['src/billing-campaign.ts', 'src/reauth.ts', 'src/loginForm.tsx', 'src/payments2.ts']],
  ['a webhook of somebody else', ['src/webhook.ts', 'src/github/webhook/route.ts', 'src/paypal/button.ts']],
  ['names that only look alike', ['src/config.ts', 'src/configure.ts', 'src/environment.ts', 'src/gitlog.ts']],
  ['folders named for their use', ['src/lib/supabase/client.ts', 'src/middlewares/cors.ts', 'src/proxyquire.ts']],
  ['documents', ['README.md', 'docs/agents-guide.md', 'docs/docker.md', 'docs/migration.md']],
  ['code about settings', ['src/tsconf.ts', 'src/vercel.ts', 'src/package.ts', 'src/compose.ts', 'src/nightshift.ts']],
  ['a dot-folder below', ['src/.well-known/a.json', 'packages/.cache/x.ts']],
])('free: %s', (_, paths) => {
  expect(paths.filter((path) => rulesAt(path).length > 0)).toEqual([])
})

test('only dependencies may be approved', () => {
  const answers = (path: string) => floorHits(foldPath(path)).map((hit) => hit.answer)
  expect(answers('package.json')).toEqual(['needs-approval'])
  expect(answers('yarn.lock')).toEqual(['needs-approval'])
  expect(answers('.github/package.json')).toContain('refused')
  expect(answers('vercel.json')).toEqual(['refused'])
})
