import { describe, expect, it } from 'vitest'
import { pageOf, pythonFiles } from '../../lib/adapters/sandbox/registry/python.ts'

const base = new URL('https://index.example/team/simple')

describe('an index of Python packages', () => {
  it.each([
    ['/simple/Some_Name.x/', 'https://index.example/team/simple/some-name-x/'],
    ['/simple/a/', 'https://index.example/team/simple/a/'],
    ['/simple/a', null],
    ['/simple/../x/', null],
    ['/simple/a/?data=out', null],
    ['/simple/a%2f/', null],
    ['/simple//', null],
    ['http://other.example/simple/a/', null],
  ])('is asked %s as %s', (path, url) => {
    expect(pageOf(base, path)?.href ?? null).toBe(url)
  })

  it('leads every link through us, whatever host it names, and fetches those alone', () => {
    const files = pythonFiles()
    const html = [
      `<a href="https://files.example/x/a-1.whl?q=1&amp;r=2#sha256=00">`,
      `<a data-requires-python="&gt;3" href='../../p/a-2.whl'>`,
      '<a href="javascript:alert(1)">',
    ].join('')
    const page = files.page(html, new URL('https://index.example/team/simple/a/'))
    const links = [...page.matchAll(/href="(\/simple-files\/[^"#]+)/g)].map(([, path]) => path ?? '')
    expect(page).toContain('#sha256=00"')
    expect(links.map((path) => files.fileOf(path)?.href)).toEqual([
      'https://files.example/x/a-1.whl?q=1&r=2',
      'https://index.example/team/p/a-2.whl',
    ])
    expect(files.fileOf(`${links[1]}.metadata`)?.href).toBe('https://index.example/team/p/a-2.whl.metadata')
    for (const path of [
      `${links[0]}x`,
      `${links[0]}?data=out`,
      '/simple-files/',
      `/simple-files/${'0'.repeat(32)}/a-1.whl`,
    ])
      expect(files.fileOf(path)).toBeNull()
    expect(pythonFiles().fileOf(links[0] ?? '')).toBeNull()
  })
})
