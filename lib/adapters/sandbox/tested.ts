import type { SelfTest } from '../../domain/sandbox.ts'
import type { Sandbox } from '../../world.ts'

/**
 * A sandbox whose self-test is made before its first run, by whoever comes first, and told to `learn`: one that a start has
 * tested is not tested again, and one that failed is when somebody asks.
 */
export function testedFirst(sandbox: Sandbox, learn: (test: SelfTest) => Promise<void>): Sandbox {
  let first: Promise<unknown> | null = null
  const selfTest: Sandbox['selfTest'] = (options) => {
    const test = sandbox.selfTest(options).then(async (told) => {
      // What was learnt is for people to look at; no run waits for it, or fails with it.
      await learn(told).catch(() => undefined)
      return told
    })
    first ??= test.catch(() => undefined)
    return test
  }
  const tested = () => (first ??= selfTest().catch(() => undefined))
  const { detached } = sandbox
  return {
    ...sandbox,
    ...(detached && {
      detached: {
        ...detached,
        start: async (id, run) => {
          await tested()
          return detached.start(id, run)
        },
      },
    }),
    selfTest,
    run: async (run) => {
      await tested()
      return sandbox.run(run)
    },
    install: async (files, command, how) => {
      await tested()
      return sandbox.install(files, command, how)
    },
  }
}
