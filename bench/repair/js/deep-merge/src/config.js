import { merge } from './merge.js'

const DEFAULTS = {
  server: { port: 8080, host: 'localhost', tls: null },
  log: { level: 'info', targets: ['stdout'] },
}

/** Settings by layers: defaults, the file, the environment. */
export function loadConfig(...layers) {
  return layers.reduce((config, layer) => merge(config, layer ?? {}), DEFAULTS)
}

/** `SERVER__PORT=1` is `{ server: { port: 1 } }`. */
export function fromEnvironment(variables) {
  const out = {}
  for (const [name, value] of Object.entries(variables)) {
    const path = name.toLowerCase().split('__')
    const last = path.pop()
    let at = out
    for (const part of path) {
      at[part] ??= {}
      at = at[part]
    }
    at[last] = /^\d+$/.test(value) ? Number(value) : value
  }
  return out
}
