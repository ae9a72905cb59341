/**
 * Controls, direction changes, zero-width characters, variation selectors and fillers. A diff or a commit's author may
 * hold them, and with them text can look like other text than it is.
 */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]|\u034f|[\ufe00-\ufe0e]|[\u{e0100}-\u{e01ef}]/gu

/** Untrusted text with every hidden character written out as `⟨U+202E⟩`; line feeds and tabs stay. */
export function shown(text: string): string {
  return text.replace(HIDDEN, (character) =>
    character === '\n' || character === '\t'
      ? character
      : `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
  )
}
