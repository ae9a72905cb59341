const isPlain = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A new object with the settings of both, the second's winning; lists are replaced, not joined. */
export function merge(base, override) {
  const out = { ...base }
  for (const key of Object.keys(override)) {
    if (key === '__proto__') continue
    const value = override[key]
    if (value === undefined) continue
    out[key] = isPlain(value) && isPlain(out[key]) ? merge(out[key], value) : value
  }
  return out
}
