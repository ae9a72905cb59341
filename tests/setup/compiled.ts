import { join, resolve } from 'node:path'

export const CHECKOUT = resolve(import.meta.dirname, '../..')

/**
 * For programs of ours that a test starts: they read their modules as they were compiled before, as bin/nightshift has them
 * do. Without it each start takes the types away anew: half a second of a core for a command, a fifth for the harness.
 */
export const COMPILED = { NODE_COMPILE_CACHE: join(CHECKOUT, 'node_modules/.cache/compile') }
