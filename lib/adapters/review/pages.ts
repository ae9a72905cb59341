/** Full address of a page of ours; null where nobody said where they are, or the path leads elsewhere. */
export function pageAt(pages: string | undefined, link: string | undefined): string | null {
  if (!pages || !link?.startsWith('/')) return null
  const url = URL.parse(link, pages)
  return url && url.origin === new URL(pages).origin ? url.href : null
}

/** The same text with a way to our page above it. */
export function withPage(body: string, page: string | null): string {
  return page ? `[What is known of it, and what there is to decide](${page})\n\n${body}` : body
}

/** For what we write somewhere else: the text with a way to the page of ours that it names. */
export const linkedTo =
  (pages: string | undefined) =>
  <Text extends { body: string; link?: string | undefined }>(text: Text): Text => ({
    ...text,
    body: withPage(text.body, pageAt(pages, text.link)),
  })
