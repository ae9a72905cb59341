/** `[name]` sections of TOML and INI files, as far as detection needs them: no nesting, no multi-line strings. */
export function sectionsOf(text: string): Map<string, string> {
  const sections = new Map<string, string>()
  let name = ''
  let lines: string[] = []
  const keep = () => sections.set(name, `${sections.get(name) ?? ''}${lines.join('\n')}\n`)
  for (const line of text.split('\n')) {
    const header = /^\s*\[{1,2}([^\]]{1,200})\]{1,2}\s*(?:#.*)?$/.exec(line.slice(0, 400))?.[1]
    if (header === undefined) {
      if (!/^\s*[#;]/.test(line)) lines.push(line)
      continue
    }
    keep()
    name = header.trim().replaceAll('"', '')
    lines = []
  }
  keep()
  return sections
}

/** The value of `key = value` in a section, without quotes; null when it is not there. */
export function settingOf(section: string | undefined, key: string): string | null {
  for (const line of (section ?? '').split('\n')) {
    const at = line.indexOf('=')
    if (at < 0 || line.slice(0, at).trim() !== key) continue
    const value = line.slice(at + 1).trim()
    return /^(["'])(.*?)\1/.exec(value)?.[2] ?? value.replace(/\s+#.*$/, '')
  }
  return null
}
