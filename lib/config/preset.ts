type Env = Record<string, string | undefined>

/**
 * What `WORLD` names where nobody named it: one adapter a port, and what follows from where the process runs. Local is what
 * each setting means by itself.
 */
export const PRESETS: Record<'local' | 'hosted', Record<string, string>> = {
  local: {},
  hosted: {
    SQL: 'supabase',
    SOURCES: 'sdk,sentry,vercel,supabase',
    CODE: 'github',
    SANDBOX: 'vercel',
    DEPLOY: 'vercel',
    NOTIFY: 'slack,email',
    AUTH: 'supabase',
    // A function lives as long as its request: clocks are outside.
    SCHEDULER: 'off',
    // All that a function may write to.
    NIGHTSHIFT_HOME: '/tmp/nightshift',
  },
}

/** Settings that are one of a few words or a list of them, and the words that are understood. */
export type Known = Record<string, readonly string[]>

/** The same environment with the preset's choices where it makes none. Set to nothing is not set. */
export function withPreset(env: Env, known: Known): Env {
  const preset = env.WORLD?.trim() === 'hosted' ? PRESETS.hosted : PRESETS.local
  // A copy of .env.example has every name, most of them with nothing behind it.
  const filled: Env = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()))
  for (const [name, value] of Object.entries(preset)) {
    if (filled[name]) continue
    const words = understood(name, value, known)
    if (words !== undefined) filled[name] = words
  }
  return filled
}

/** A choice this version has no adapter for is not made; what stands there instead is in the line at boot. */
function understood(name: string, value: string, known: Known): string | undefined {
  if (name === 'NIGHTSHIFT_HOME') return value
  const words = value.split(',').filter((word) => known[name]?.includes(word))
  return words.length > 0 ? words.join(',') : undefined
}
