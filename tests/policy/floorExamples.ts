/**
 * The floor of the design, section 4, written down a second time: for each rule files that fall under it. Nothing here
 * is read from the gate, so a rule that is lost there is missed here.
 */
const WORDS = 'auth authn authz login session billing payment payments invoice invoices stripe'.split(' ')

export const PROTECTED: [rule: string, paths: string[]][] = [
  ['dot-path', ['.vscode/settings.json', '.changeset/a.md', '.tool']],
  ['git', ['src/.gitignore', 'a/b/.gitattributes', '.gitmodules', '.github/workflows/ci.yml', '.gitlab-ci.yml']],
  ['ci', ['Jenkinsfile', 'ci/Jenkinsfile', 'azure-pipelines.yml', 'bitbucket-pipelines.yml', 'a/.circleci/config.yml']],
  ['env', ['packages/ui/.env', '.env.local', 'apps/web/.env.production']],
  ['registry', ['packages/a/.npmrc', 'a/.yarnrc.yml', 'a/.pnpmfile.cjs']],
  ['deploy', ['vercel.json', 'apps/web/vercel.json']],
  ['migrations', ['supabase/migrations/1.sql', 'prisma/migrations/1/migration.sql', 'db/migrations/a.ts']],
  ['nightshift', ['nightshift.json']],
  ['named', ['tools/seed.sh', 'db/prepare.ts', 'tests/nightshift.test.ts']],
  ['tsconfig', ['tsconfig.json', 'packages/a/tsconfig.build.json']],
  ['config', ['next.config.mjs', 'packages/a/vite.config.ts', 'src/app.config.json']],
  ['middleware', ['proxy.ts', 'src/proxy.ts', 'middleware.ts', 'src/middleware.js']],
  ['docker', ['Dockerfile', 'api/Dockerfile', 'Dockerfile.web']],
  ['codeowners', ['CODEOWNERS', 'docs/CODEOWNERS']],
  ['agents', ['AGENTS.md', 'packages/a/CLAUDE.md', 'a/GEMINI.md', 'docs/.cursorrules', 'a/.claude/x.md']],
  ['sensitive', WORDS.flatMap((word) => [`src/${word}/a.ts`, `lib/${word}.ts`])],
  [
    'sensitive',
    ['app/(auth)/page.tsx', 'app/[...login]/page.tsx', 'app/(billing)/x/page.tsx', 'src/stripe.service.ts'],
  ],
  // Not in the design's list, and part of the floor all the same.
  ['supabase', ['supabase/config.toml', 'supabase/functions/a/index.ts']],
  ['checks', ['packages/a/.eslintrc.json', 'biome.json', 'a/.prettierrc']],
  ['sensitive', ['src/paypal/webhook/route.ts', 'src/adyen/v2/webhook.ts', 'api/mollie/webhook/index.ts']],
]

/** Protected where the base has them: what judged yesterday judges today. */
export const JUDGES: [rule: string, paths: string[]][] = [
  ['existing-test', ['tests/launch.test.ts', 'src/lib/json.spec.ts', 'e2e/shop.ts', '__tests__/a.js', 'pkg/a_test.go']],
  ['existing-test', ['tests/__snapshots__/launch.test.ts.snap', 'src/card.snap', 'tests/nightshift/aaaaaaaaaaaa.json']],
]

export const APPROVED: [rule: string, paths: string[]][] = [
  ['dependencies', ['package.json', 'packages/ui/package.json']],
  ['lockfile', ['package-lock.json', 'yarn.lock', 'pnpm-lock.yaml', 'apps/web/yarn.lock']],
]

/** Names that come near a rule and are free. */
export const FREE = [
  'src/author.ts src/authority/a.ts src/oauth.ts src/reauth.ts src/sessions.ts src/session-list.ts src/loginForm.tsx',
  'src/billing-campaign.ts src/payments2.ts src/repayment.ts src/stripes.css src/invoicing.ts src/webhook/github.ts',
  'src/paypal/button.ts src/config.ts src/configure.ts src/environment.ts src/env.ts src/gitlog.ts src/docker.ts',
  'src/migrate.ts src/migration.ts docs/migrations.md docs/agents-guide.md docs/docker.md src/vercel.ts src/package.ts',
  'src/middlewares/cors.ts src/proxyquire.ts src/tsconf.ts src/lock.ts src/lib/supabase/client.ts src/testing/factory.ts',
  'src/latest.ts src/contest.ts src/inspector.ts src/nightshift.ts public/robots.txt src/.well-known/a.json index.html',
  'app/[id]/page.tsx app/(shop)/cart/page.tsx app/@modal/page.tsx app/api/[...path]/route.ts src/Übersicht.ts src/環境.ts',
  'cmd/server/main.go src/main.rs lib/db/client.py src/main/java/App.java locales/de.json sql/queries.sql styles/main.css',
  'packages/api/src/index.ts worker/jobs/retry.ts components/Card.tsx src/git.ts src/ci/status.ts src/owners.ts README.md',
].flatMap((line) => line.split(' '))
