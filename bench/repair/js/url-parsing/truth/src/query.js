const decode = (text) => decodeURIComponent(text.replaceAll('+', ' '))

/** `?a=1&b&c=` is `{ a: '1', b: true, c: '' }`; a name that comes twice makes a list. */
export function parseQuery(search) {
  const found = {}
  for (const part of search.replace(/^\?/, '').split('&')) {
    if (part === '') continue
    const at = part.indexOf('=')
    const name = decode(at === -1 ? part : part.slice(0, at))
    const value = at === -1 ? undefined : decode(part.slice(at + 1))
    const kept = value ?? true
    if (name in found) found[name] = [found[name], kept].flat()
    else found[name] = kept
  }
  return found
}

/** The way back; names in the order they were given. */
export function formatQuery(query) {
  const pairs = Object.entries(query).flatMap(([name, value]) => [value].flat().map((one) => [name, one]))
  return pairs
    .map(([name, value]) =>
      value === true ? encodeURIComponent(name) : `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
    )
    .join('&')
}
