import type { App, Build } from './state.ts'

/**
 * What an app is started with. The target's own names come with it, but which commit runs where, and on which port,
 * is the platform's to say. `port` is null for commands that run before the start.
 */
export function appEnvironment(app: App, build: Build, port: number | null): Record<string, string> {
  const env: Record<string, string> = { NODE_ENV: 'production', ...app.targets[build.environment]?.env }
  env.SENTRY_RELEASE = build.sha
  env.SENTRY_ENVIRONMENT = build.environment
  if (port !== null) env.PORT = String(port)
  return env
}
