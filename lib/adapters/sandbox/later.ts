import type { Detached, Sandbox } from '../../world.ts'

/**
 * A sandbox whose module is loaded when it is first used. The SDKs of Docker and Vercel are some 400 modules and half a
 * second of a core; everything that starts (`nightshift gate`, a tick, the control room) would read them for nothing.
 */
export function openedLater(open: () => Promise<Sandbox>): Sandbox {
  let opened: Promise<Sandbox> | undefined
  const sandbox = () => (opened ??= open())
  return {
    run: async (...asked) => (await sandbox()).run(...asked),
    install: async (...asked) => (await sandbox()).install(...asked),
    adopt: async (...asked) => (await sandbox()).adopt(...asked),
    selfTest: async (...asked) => (await sandbox()).selfTest(...asked),
  }
}

/** The same of one whose runs can be detached. */
export function detachedLater(open: () => Promise<Sandbox & { detached: Detached }>): Sandbox {
  let opened: ReturnType<typeof open> | undefined
  const sandbox = () => (opened ??= open())
  return {
    ...openedLater(sandbox),
    detached: {
      start: async (...asked) => (await sandbox()).detached.start(...asked),
      look: async (...asked) => (await sandbox()).detached.look(...asked),
      drop: async (...asked) => (await sandbox()).detached.drop(...asked),
    },
  }
}
