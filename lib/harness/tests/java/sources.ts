import { filesIn } from '../spots.ts'

/** Which file holds a class: `shop.CartTest$Inner` stands in some `…/shop/CartTest.java`. */
export interface Sources {
  /** @param module the folder that is looked in first: two modules may hold classes of one name. */
  fileOf(type: string, module: string): string | null
  /** `shop/Cart.java` of a stack. */
  find(name: string, module: string): string | null
}

const ENDINGS = ['java', 'kt', 'groovy', 'scala']

export async function readSources(workspace: string): Promise<Sources> {
  const files = await filesIn(workspace, (name) => /\.(?:java|kt|groovy|scala)$/.test(name))
  const byName = new Map<string, string[]>()
  for (const path of files) {
    const name = path.slice(path.lastIndexOf('/') + 1)
    byName.set(name, [...(byName.get(name) ?? []), path])
  }
  const find = (name: string, module: string): string | null => {
    const some = (byName.get(name.slice(name.lastIndexOf('/') + 1)) ?? []).filter(
      (path) => path === name || path.endsWith(`/${name}`),
    )
    return some.find((path) => module === '' || path.startsWith(`${module}/`)) ?? some[0] ?? null
  }
  return {
    find,
    fileOf: (type, module) => {
      const name = type.replace(/\$.*$/, '').replaceAll('.', '/')
      return ENDINGS.map((ending) => find(`${name}.${ending}`, module)).find((path) => path !== null) ?? null
    },
  }
}
