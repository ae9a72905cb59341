/** A child's whole environment; Next's types demand NODE_ENV of every one. */
export const exactly = (env: Record<string, string>) => env as Record<string, string> as NodeJS.ProcessEnv
