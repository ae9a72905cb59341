/** Pages get their script policy from proxy.ts; what is not a page may load nothing at all. */
const EVERYWHERE = [
  { key: 'x-content-type-options', value: 'nosniff' },
  // Not `no-referrer`: with it browsers send `Origin: null`, and sign-in is checked by its origin.
  { key: 'referrer-policy', value: 'same-origin' },
  { key: 'x-frame-options', value: 'DENY' },
  { key: 'cross-origin-opener-policy', value: 'same-origin' },
  { key: 'permissions-policy', value: 'camera=(), microphone=(), geolocation=(), payment=()' },
]
const NOTHING = [{ key: 'content-security-policy', value: "default-src 'none'; frame-ancestors 'none'" }]

/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  // SDKs post to addresses that end in a slash; a redirect would lose their events.
  skipTrailingSlashRedirect: true,
  // dockerode's ssh client is an addon where the machine has a compiler, and an addon cannot be bundled.
  serverExternalPackages: [
    ...['postgres', 'typescript', 'dockerode', '@vercel/sandbox'],
    ...['pino', '@sentry/node', '@opentelemetry/api', '@opentelemetry/sdk-trace-node'],
    ...['@opentelemetry/exporter-trace-otlp-http', '@opentelemetry/resources'],
    ...['@anthropic-ai/sdk', '@anthropic-ai/bedrock-sdk', '@slack/web-api', '@sendgrid/mail'],
  ],
  // What is read by its path at run time is not seen by whoever packs functions: prompts, our programs that a machine of
  // Vercel's is given with the compiler they need, and the list of migrations.
  outputFileTracingIncludes: {
    '/api/**': ['./agents/prompts/*.md', './lib/**/*', './node_modules/typescript/**/*', './supabase/migrations/*.sql'],
  },
  // `npm run typecheck` checks every file; a first start need not wait for it.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: import.meta.dirname },
  headers: async () => [
    { source: '/:path*', headers: EVERYWHERE },
    { source: '/api/:path*', headers: NOTHING },
    { source: '/ingest/:path*', headers: NOTHING },
  ],
}
